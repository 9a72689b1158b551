using System.Text.Json;
using System.Text.Json.Nodes;
using Chat.Daemon.Hooks;
using Chat.Daemon.Tests.Commands;
using Chat.Daemon.Tests.Web;
using Chat.Protocol;
using Chat.Testing;
using Chat.TestKit;

namespace Chat.Daemon.Tests.Webhooks;

/// <summary>A daemon with the plugin Webhooks, its admin in the room geral, and a clock that the test moves.</summary>
internal sealed class HookDaemon : IAsyncDisposable
{
    /// <summary>Receivers of tests are on this machine and have no certificate.</summary>
    private const string Reachable = """{ "openNetworks": ["127.0.0.0/8"], "allowHttp": true }""";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly DirectoryInfo folder;

    private HookDaemon(TestUsers users, DirectoryInfo folder, CapturedLog log, TestTime time) =>
        (Users, this.folder, Log, Time, Web) = (users, folder, log, time, new(users.Daemon));

    public TestUsers Users { get; }

    public CapturedLog Log { get; }

    public TestTime Time { get; }

    public RouteVisitor Web { get; private set; }

    public TestClient Admin { get; private set; } = null!;

    public static async Task<HookDaemon> StartAsync(string settings = Reachable, params (string, string)[] more)
    {
        var folder = Directory.CreateTempSubdirectory("chat-webhooks-");
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "Webhooks.json"), settings);
        var (log, time) = (new CapturedLog(), new TestTime());
        var users = await TestUsers.StartAsync(log, time, [("Chat:Plugins:Folders:0", folder.FullName), .. more]);
        return new(users, folder, log, time) { Admin = await users.AdminAsync("en") };
    }

    /// <returns>The id and the path after <c>/p/</c>.</returns>
    public async Task<(string Id, string Path)> InAsync(string room = "geral", string name = "Jenkins")
    {
        var made = JsonObject.Create(((JsonElement)(await Admin.ReplyAsync($"/webhook in {room} {name}")).Data!))!;
        return ((string)made["id"]!, ((string)made["url"]!).Split("/p/")[1]);
    }

    /// <summary>An outgoing webhook whose ping has arrived.</summary>
    public async Task<(string Id, string Secret)> OutAsync(HookReceiver receiver, string events = "", string room = "geral")
    {
        var hook = await OutAsync(receiver.Url, events, room);
        await receiver.NextAsync();
        return hook;
    }

    public async Task<(string Id, string Secret)> OutAsync(string url, string events = "", string room = "geral")
    {
        var made = JsonObject.Create((JsonElement)(await Admin.ReplyAsync($"/webhook out {room} {url} {events}".TrimEnd())).Data!)!;
        return ((string)made["id"]!, (string)made["secret"]!);
    }

    /// <returns>The status, and the body or the code of the refusal.</returns>
    public async Task<string> PostAsync(string path, string body, string type = "application/json")
    {
        using var answer = await AskAsync(path, body, type);
        return await RouteVisitor.ShowAsync(answer);
    }

    public async Task<HttpResponseMessage> AskAsync(string path, string body, string type = "application/json")
    {
        using var client = new HttpClient();
        using var content = new StringContent(body);
        content.Headers.ContentType = System.Net.Http.Headers.MediaTypeHeaderValue.Parse(type);
        return await client.PostAsync(new Uri($"http://{Web.Own}/p/{path}"), content);
    }

    public Task ListsAsync(string part) => ListsAsync(list => list.Contains(part, StringComparison.Ordinal));

    /// <summary>Waits until the list is like that: what becomes of a delivery is stored a moment after the receiver has answered.</summary>
    public async Task ListsAsync(Func<string, bool> isLikeThat)
    {
        using var polls = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        var (shown, began) = ("", TimeProvider.System.GetTimestamp());
        do shown = await Admin.TypeAsync("/webhook list");
        while (!isLikeThat(shown) && await polls.WaitForNextTickAsync() && TimeProvider.System.GetElapsedTime(began) < Patience);
        Assert.IsTrue(isLikeThat(shown), shown);
    }

    /// <summary>Moves the clock once no job is at work: one that looks at it at that moment would come too late.</summary>
    public async Task AdvanceAsync(TimeSpan by)
    {
        using var polls = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        while (Users.Daemon.Get<HookRuntime>().Activity.Running > 0) await polls.WaitForNextTickAsync();
        Time.Advance(by);
    }

    public async Task RestartAsync()
    {
        await Users.Daemon.RestartAsync();
        Web.Dispose();
        Web = new(Users.Daemon);
        Admin = await Users.AdminAsync("en");
    }

    public async ValueTask DisposeAsync()
    {
        Web.Dispose();
        await Users.DisposeAsync();
        folder.Delete(recursive: true);
    }
}
