using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Chat.TestKit;

namespace Chat.Daemon.Tests.Web;

/// <summary>Sends requests to the routes of a plugin.</summary>
internal sealed class RouteVisitor(TestDaemon daemon) : IDisposable
{
    private readonly HttpClient client = new(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false, UseProxy = false });

    public string Own => $"127.0.0.1:{daemon.HttpPort}";

    /// <param name="path">After <c>/p/</c>.</param>
    public async Task<HttpResponseMessage> AskAsync(HttpMethod method, string path, string? body = null, params (string, string)[] headers)
    {
        using var request = new HttpRequestMessage(method, new Uri($"http://{Own}/p/{path}"));
        if (body is not null) request.Content = new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
        foreach (var (name, value) in headers) Assert.IsTrue(request.Headers.TryAddWithoutValidation(name, value));
        return await client.SendAsync(request);
    }

    /// <returns>The status, and the body or the code of the refusal.</returns>
    public async Task<string> TellAsync(string path, params (string, string)[] headers)
    {
        using var answer = await AskAsync(HttpMethod.Get, path, null, headers);
        return await ShowAsync(answer);
    }

    public static async Task<string> ShowAsync(HttpResponseMessage answer)
    {
        var text = await answer.Content.ReadAsStringAsync();
        if (text.StartsWith("{\"type\":\"error\"", StringComparison.Ordinal)) text = (string)JsonNode.Parse(text)!["code"]!;
        return $"{(int)answer.StatusCode} {text}".TrimEnd();
    }

    /// <summary>Logs in as the page does.</summary>
    /// <returns>The cookie, as the browser sends it.</returns>
    public async Task<string> LogInAsync(string user, string password)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri($"http://{Own}/session"));
        request.Content = new StringContent(new JsonObject { ["user"] = user, ["password"] = password }.ToJsonString());
        request.Headers.Add("Origin", $"http://{Own}");
        using var answer = await client.SendAsync(request);
        return answer.Headers.GetValues("Set-Cookie").Single().Split(';')[0];
    }

    public void Dispose() => client.Dispose();
}
