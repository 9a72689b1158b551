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
}
