/// The web application of an office.
public enum OfficeWeb {}
