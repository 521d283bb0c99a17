/// The documents of `Schema/Protocol`: what replicas and the central node say to each other.
public enum ProtocolDocuments {
  /// The calls of the central node (OpenAPI 3.1, YAML).
  public static var openAPI: String {
    String(decoding: PackageResources.central_node_openapi_yaml, as: UTF8.self)
  }

  /// The messages (protobuf).
  public static var messages: String {
    String(decoding: PackageResources.changeset_proto, as: UTF8.self)
  }
}
