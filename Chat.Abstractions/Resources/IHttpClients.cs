using System.Net;

namespace Chat;

/// <summary>
/// HTTP clients on connections that the daemon shares between plugins and renews every few minutes. A plugin's own client factory would
/// keep the plugin in memory.
/// </summary>
public interface IHttpClients
{
    /// <summary>
    /// A client without cookies that waits for 30 s and buffers answers of up to 16 MiB; change both as you like. It is cheap to create,
    /// and may be kept as long as the plugin lives.
    /// </summary>
    HttpClient Create();

    /// <summary>
    /// A client for addresses that somebody else chose, such as a webhook's. It connects only to public addresses: not to private, local
    /// or link-local ones, and not to this machine. What a name resolves to is checked at each connection. It follows no redirects, uses no
    /// proxy, and decompresses nothing; answers of more than 1 MiB are errors. Otherwise like <see cref="Create"/>.
    /// </summary>
    /// <remarks>
    /// A request to an address that is not public throws a <see cref="HttpRequestException"/> whose inner exception is a
    /// <see cref="RefusalException"/> with the code <c>private_address</c>.
    /// </remarks>
    /// <param name="open">
    /// Networks that the operator has opened, by a setting of the plugin, although they are not public. Each set of networks has
    /// connections of its own until the daemon stops, so do not make one for each request.
    /// </param>
    HttpClient CreatePublic(params IReadOnlyCollection<IPNetwork> open);
}
