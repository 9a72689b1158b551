using Chat.Daemon.Tests.Commands;
using Chat.TestKit;

namespace Chat.Daemon.Tests.Hooks;

/// <summary>A daemon that runs plugins from the fixtures, with its log and its users.</summary>
internal sealed class PluginDaemon : IAsyncDisposable
{
    private readonly DirectoryInfo folder;

    private PluginDaemon(TestUsers users, DirectoryInfo folder, CapturedLog log) => (Users, this.folder, Log) = (users, folder, log);

    public TestUsers Users { get; }

    public CapturedLog Log { get; }

    public static async Task<PluginDaemon> WithAsync(params string[] fixtures)
    {
        var log = new CapturedLog();
        var folder = Directory.CreateTempSubdirectory("chat-hooks-");
        foreach (var fixture in fixtures) TestUsers.Drop(fixture, folder.FullName);
        return new(await TestUsers.StartAsync(log, null, [("Chat:Plugins:Folders:0", folder.FullName)]), folder, log);
    }

    public Task<TestClient> EnterAsync(string name, Role role = Role.Guest, string? lang = null) => Users.EnterAsync(name, role, lang);

    /// <summary>The lines of <c>/metrics</c>.</summary>
    public async Task<IReadOnlyList<string>> MetricsAsync()
    {
        using var http = new HttpClient();
        return (await http.GetStringAsync(new Uri($"http://127.0.0.1:{Users.Daemon.HttpPort}/metrics"))).Split('\n');
    }

    /// <summary>The events that the handler Witness of the fixture has logged so far.</summary>
    public IReadOnlyList<string> Events =>
        [.. Log.Lines.Where(l => l.Contains("Heard ", StringComparison.Ordinal)).Select(l => l.Split("Heard ")[1].TrimEnd())];

    /// <summary>Waits until the handler Witness has logged the event.</summary>
    public Task WaitForEventAsync(string text) =>
        Log.LineAsync(l => l.TrimEnd().EndsWith("Heard " + text, StringComparison.Ordinal));

    public async ValueTask DisposeAsync()
    {
        await Users.DisposeAsync();
        folder.Delete(recursive: true);
    }
}
