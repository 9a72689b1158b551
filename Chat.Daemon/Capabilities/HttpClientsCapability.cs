using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Net;

namespace Chat.Daemon.Capabilities;

/// <inheritdoc cref="IHttpClients"/>
[SuppressMessage(
    "Design", "CA1001:Types that own disposable fields should be disposable",
    Justification = "The container of each plugin would dispose it, and the connections with it; they end with the process.")]
internal sealed class HttpClientsCapability : IHttpClients
{
    private const int MaxBufferedBytes = 16 << 20, MaxPublicBytes = 1 << 20;

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    /// <summary>Connections are renewed so that a changed DNS entry is noticed. Cookies of one plugin are not another's.</summary>
    private readonly SocketsHttpHandler shared = new()
    {
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        ConnectTimeout = TimeSpan.FromSeconds(10),
        AutomaticDecompression = DecompressionMethods.All,
        UseCookies = false,
    };

    /// <summary>By the networks that are open: a connection into one must not serve a client that may not go there.</summary>
    private readonly ConcurrentDictionary<string, Lazy<SocketsHttpHandler>> ofNetworks = new(StringComparer.Ordinal);

    public HttpClient Create() =>
        new(new CleanHandler(shared), disposeHandler: false) { Timeout = Timeout, MaxResponseContentBufferSize = MaxBufferedBytes };

    public HttpClient CreatePublic(params IReadOnlyCollection<IPNetwork> open)
    {
        IPNetwork[] networks = [.. open.Distinct().OrderBy(network => network.ToString(), StringComparer.Ordinal)];
        var handler = ofNetworks.GetOrAdd(string.Join(' ', networks), _ => new(() => PublicHandler(networks))).Value;
        return new(new CleanHandler(handler), disposeHandler: false) { Timeout = Timeout, MaxResponseContentBufferSize = MaxPublicBytes };
    }

    /// <summary>The server may be hostile: what it sends is bounded, and it is not asked for more than the answer.</summary>
    private static SocketsHttpHandler PublicHandler(IReadOnlyList<IPNetwork> open) => new()
    {
        ConnectCallback = new PublicConnector(open).ConnectAsync,
        ConnectTimeout = TimeSpan.FromSeconds(10),
        PooledConnectionLifetime = TimeSpan.FromMinutes(1),
        AllowAutoRedirect = false,
        UseProxy = false,
        UseCookies = false,
        AutomaticDecompression = DecompressionMethods.None,
        MaxResponseHeadersLength = 16, // KiB
        MaxResponseDrainSize = 64 << 10,
        ResponseDrainTimeout = TimeSpan.FromSeconds(1),
    };

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
