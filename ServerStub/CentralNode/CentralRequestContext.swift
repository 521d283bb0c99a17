public import Hummingbird

/// What is known of a request while it is answered.
public struct CentralRequestContext: RequestContext {
  /// Hummingbird's part.
  public var coreContext: CoreRequestContextStorage
  /// Who calls, once its credential was checked.
  public var access: NodeAccess?

  /// The context of a request that has just come.
  public init(source: ApplicationRequestContextSource) {
    coreContext = .init(source: source)
  }
}
