/// The web application of the central node.
public enum CentralWeb {}
