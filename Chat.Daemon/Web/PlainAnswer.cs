using System.Net.Mime;
using Microsoft.AspNetCore.Http;

namespace Chat.Daemon.Web;

/// <summary>A sentence for whoever looks at the answer of a program.</summary>
internal static class PlainAnswer
{
    public static Task WriteAsync(HttpContext context, int status, string sentence)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain; charset=utf-8";
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers.XContentTypeOptions = "nosniff";
        return context.Response.WriteAsync($"{sentence}\n", context.RequestAborted);
    }

    /// <param name="json">In UTF-8.</param>
    public static Task WriteJsonAsync(HttpContext context, ReadOnlyMemory<byte> json)
    {
        context.Response.ContentType = MediaTypeNames.Application.Json;
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers.XContentTypeOptions = "nosniff";
        return context.Response.Body.WriteAsync(json, context.RequestAborted).AsTask();
    }
}
