using System.Diagnostics.CodeAnalysis;
using System.Net;

namespace Chat.Daemon.Capabilities;

/// <inheritdoc cref="IHttpClients"/>
[SuppressMessage(
    "Design", "CA1001:Types that own disposable fields should be disposable",
    Justification = "The container of each plugin would dispose it, and the connections with it; they end with the process.")]
internal sealed class HttpClientsCapability : IHttpClients
{
    private const int MaxBufferedBytes = 16 << 20;

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    /// <summary>Connections are renewed so that a changed DNS entry is noticed. Cookies of one plugin are not another's.</summary>
    private readonly SocketsHttpHandler shared = new()
    {
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        ConnectTimeout = TimeSpan.FromSeconds(10),
        AutomaticDecompression = DecompressionMethods.All,
        UseCookies = false,
    };

    public HttpClient Create() =>
        new(new CleanHandler(shared), disposeHandler: false) { Timeout = Timeout, MaxResponseContentBufferSize = MaxBufferedBytes };

    /// <summary>
    /// A connection that is opened for a request outlives it, and with it the async-locals of the caller, which would keep a plugin in
    /// memory. So requests begin without them.
    /// </summary>
    private sealed class CleanHandler(SocketsHttpHandler shared) : DelegatingHandler(shared)
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            using var clean = ExecutionContext.IsFlowSuppressed() ? default : ExecutionContext.SuppressFlow();
            return base.SendAsync(request, cancellationToken);
        }
    }
}
