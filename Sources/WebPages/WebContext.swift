public import Hummingbird
internal import NIOCore

/// What is known of a request on its way through the routes.
public struct WebContext: RequestContext {
  /// Hummingbird's part.
  public var coreContext: CoreRequestContextStorage
  private let channel: any Channel

  /// The context of a request that has just come.
  public init(source: ApplicationRequestContextSource) {
    coreContext = .init(source: source)
    channel = source.channel
  }

  /// Where the request came from: for contexts of other routers on the same port.
  public var source: ApplicationRequestContextSource {
    ApplicationRequestContextSource(channel: channel, logger: logger)
  }

  /// The address on the other end of the line; kept in memory for throttling, never logged.
  var remoteAddress: String {
    channel.remoteAddress?.ipAddress ?? "-"
  }
}
