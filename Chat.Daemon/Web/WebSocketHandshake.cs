using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Chat.Daemon.Web;

/// <summary>
/// The request that turns an HTTP connection into a WebSocket: RFC 6455, 4.2. No extension is agreed on, so that nothing is compressed.
/// </summary>
internal static class WebSocketHandshake
{
    public const string Protocol = "chat.v1";

    private const string Version = "13";
    private const int KeyCharacters = 24, KeyBytes = 16;

    /// <summary>Appended to the client's key: RFC 6455, 1.3.</summary>
    private const string Appendix = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    /// <summary>Decides whether the request is a handshake. Nothing is answered yet.</summary>
    /// <param name="status">Of the answer, if it is none.</param>
    /// <param name="sentence">Says why it is none.</param>
    /// <returns>What makes the connection a WebSocket; null if the request is none.</returns>
    public static IHttpUpgradeFeature? Check(HttpContext context, out int status, out string sentence)
    {
        var headers = context.Request.Headers;
        var upgrade = context.Features.Get<IHttpUpgradeFeature>();
        (status, sentence) = (StatusCodes.Status426UpgradeRequired, "This is the address of a WebSocket: send Upgrade: websocket.");
        if (upgrade is not { IsUpgradableRequest: true } || !Has(headers.Upgrade.ToString(), "websocket", ignoreCase: true)) return null;
        (status, sentence) = (StatusCodes.Status426UpgradeRequired, $"Only version {Version} of WebSocket is spoken here.");
        if (headers.SecWebSocketVersion != Version) return null;
        (status, sentence) = (StatusCodes.Status400BadRequest, "Sec-WebSocket-Key must be 16 bytes in base64.");
        return IsKey(headers.SecWebSocketKey.ToString()) ? upgrade : null;
    }

    /// <summary>Sets the headers of the answer that accepts.</summary>
    [SuppressMessage(
        "Security", "CA5350:Do not use weak cryptographic algorithms", Justification = "The RFC wants it; no secret is involved.")]
    public static void Accept(HttpContext context)
    {
        var (request, response) = (context.Request.Headers, context.Response.Headers);
        response.Upgrade = "websocket";
        response.SecWebSocketAccept = Convert.ToBase64String(
            SHA1.HashData(Encoding.ASCII.GetBytes(request.SecWebSocketKey + Appendix)));
        if (Has(request.SecWebSocketProtocol.ToString(), Protocol, ignoreCase: false)) response.SecWebSocketProtocol = Protocol;
    }

    /// <summary>Sets the headers of a refusal: a client may try again with what they name.</summary>
    public static void AskForVersion(HttpContext context)
    {
        context.Response.Headers.Upgrade = "websocket";
        context.Response.Headers.Connection = "Upgrade";
        context.Response.Headers.SecWebSocketVersion = Version;
    }

    private static bool Has(string list, string token, bool ignoreCase) => list.Split(',', StringSplitOptions.TrimEntries)
        .Contains(token, ignoreCase ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal);

    private static bool IsKey(string key) => key.Length == KeyCharacters && Base64.IsValid(key, out var bytes) && bytes == KeyBytes;
}
