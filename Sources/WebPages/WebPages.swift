/// What both web applications stand on.
public enum WebPages {}
