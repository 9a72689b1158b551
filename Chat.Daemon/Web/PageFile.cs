using System.IO.Compression;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;

namespace Chat.Daemon.Web;

/// <summary>
/// One file of the page. Whoever asks for it by its version keeps it: the page names another version as soon as it changes. Otherwise a
/// browser asks each time whether it is still the same, which costs a few bytes, so that an old page never meets a new daemon.
/// </summary>
internal sealed class PageFile
{
    /// <summary>Scripts, styles and connections of this daemon alone, and no text that becomes markup or code.</summary>
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; "
        + "frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'";

    /// <summary>Smaller ones leave in one packet anyway.</summary>
    private const int WorthCompressing = 1400;

    private readonly byte[] content;
    private readonly string type;
    private readonly string tag;
    private readonly Lazy<byte[]> compressed;

    public PageFile(byte[] content, string type)
    {
        (this.content, this.type) = (content, type);
        Version = Convert.ToHexStringLower(SHA256.HashData(content).AsSpan(0, 12));
        tag = $"W/\"{Version}\""; // weak: the same for either encoding
        compressed = new(Compress);
    }

    public string Version { get; }

    public Task ServeAsync(HttpContext context)
    {
        var (request, headers) = (context.Request, context.Response.Headers);
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()";
        headers.CacheControl = request.Query["v"] == Version ? "max-age=31536000, immutable" : "no-cache";
        headers.ETag = tag;
        headers.Vary = "Accept-Encoding";
        if (request.Headers.IfNoneMatch.ToString().Split(',', StringSplitOptions.TrimEntries).Contains(tag))
        {
            context.Response.StatusCode = StatusCodes.Status304NotModified;
            return Task.CompletedTask;
        }
        var sent = content;
        if (content.Length > WorthCompressing && TakesGzip(request.Headers.AcceptEncoding.ToString()))
            (sent, headers.ContentEncoding) = (compressed.Value, "gzip");
        context.Response.ContentType = type;
        context.Response.ContentLength = sent.Length;
        return HttpMethods.IsHead(request.Method)
            ? Task.CompletedTask
            : context.Response.Body.WriteAsync(sent, context.RequestAborted).AsTask();
    }

    /// <summary>Browsers say so without a weight. A client that says it with one gets the plain file.</summary>
    private static bool TakesGzip(string accepted) => accepted.Split(',', StringSplitOptions.TrimEntries).Contains("gzip");

    private byte[] Compress()
    {
        using var written = new MemoryStream();
        using (var gzip = new GZipStream(written, CompressionLevel.SmallestSize)) gzip.Write(content);
        return written.ToArray();
    }
}
