using System.Collections.Frozen;
using System.Reflection;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Chat.Daemon.Web;

/// <summary>The page, the administrator's page, and all that they load, embedded in the daemon.</summary>
internal static class PageFiles
{
    private const string Prefix = "Page/", Markup = "text/html; charset=utf-8", Script = "text/javascript; charset=utf-8";

    private static readonly string[] Scripts = ["app.js", "admin/admin.js"];

    private static readonly FrozenDictionary<string, string> Types = new Dictionary<string, string>
    {
        [".html"] = Markup,
        [".css"] = "text/css; charset=utf-8",
        [".svg"] = "image/svg+xml",
    }.ToFrozenDictionary();

    public static void MapPage(this IEndpointRouteBuilder routes)
    {
        var assembly = typeof(PageFiles).Assembly;
        var sources = assembly.GetManifestResourceNames().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .ToDictionary(name => name[Prefix.Length..], name => Read(assembly, name));
        var files = Scripts.ToDictionary(script => script, script => new PageFile(Bundle(script, sources), Script));
        foreach (var (name, content) in sources)
            if (Types.TryGetValue(Path.GetExtension(name), out var type) && type != Markup) files[name] = new PageFile(content, type);
        foreach (var (name, content) in sources)
            if (name.EndsWith(".html", StringComparison.Ordinal)) files[name] = new PageFile(WithVersions(content, files), Markup);
        foreach (var (name, file) in files)
            routes.MapMethods(PathOf(name), [HttpMethods.Get, HttpMethods.Head], (RequestDelegate)file.ServeAsync);
    }

    private static byte[] Bundle(string script, Dictionary<string, byte[]> sources) =>
        Encoding.UTF8.GetBytes(PageBundle.Make(script, path => Encoding.UTF8.GetString(sources[path])));

    /// <summary>Asks for each file by its version, so that browsers keep it until it changes.</summary>
    private static byte[] WithVersions(byte[] markup, Dictionary<string, PageFile> files)
    {
        var text = new StringBuilder(Encoding.UTF8.GetString(markup));
        foreach (var (name, file) in files) text.Replace($"\"/{name}\"", $"\"/{name}?v={file.Version}\"");
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static string PathOf(string file) => file switch
    {
        "index.html" => "/",
        "admin/index.html" => "/admin",
        _ => $"/{file}",
    };

    private static byte[] Read(Assembly assembly, string name)
    {
        using var stream = assembly.GetManifestResourceStream(name)!;
        var content = new byte[stream.Length];
        stream.ReadExactly(content);
        return content;
    }
}
