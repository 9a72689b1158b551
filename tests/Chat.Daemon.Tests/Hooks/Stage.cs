using Chat.Daemon.Tests.Commands;
using Chat.TestKit;

namespace Chat.Daemon.Tests.Hooks;

/// <summary>A daemon with plugins dropped into it, its log, and those who talk there.</summary>
internal sealed class Stage : IAsyncDisposable
{
    private readonly DirectoryInfo folder;

    private Stage(Cast cast, DirectoryInfo folder, CapturedLog log) => (Cast, this.folder, Log) = (cast, folder, log);

    public Cast Cast { get; }

    public CapturedLog Log { get; }

    public static async Task<Stage> WithAsync(params string[] fixtures)
    {
        var log = new CapturedLog();
        var folder = Directory.CreateTempSubdirectory("chat-hooks-");
        foreach (var fixture in fixtures) Cast.Drop(fixture, folder.FullName);
        return new(await Cast.StartAsync(log, null, [("Chat:Plugins:Folders:0", folder.FullName)]), folder, log);
    }

    public Task<TestClient> EnterAsync(string name, Role role = Role.Guest, string? lang = null) => Cast.EnterAsync(name, role, lang);

    /// <summary>The lines of <c>/metrics</c>.</summary>
    public async Task<IReadOnlyList<string>> MetricsAsync()
    {
        using var http = new HttpClient();
        return (await http.GetStringAsync(new Uri($"http://127.0.0.1:{Cast.Daemon.HttpPort}/metrics"))).Split('\n');
    }

    /// <summary>What the fixture's witness has heard so far.</summary>
    public IReadOnlyList<string> Heard =>
        [.. Log.Lines.Where(l => l.Contains("Heard ", StringComparison.Ordinal)).Select(l => l.Split("Heard ")[1].TrimEnd())];

    /// <summary>Waits until the witness has heard that.</summary>
    public Task HearsAsync(string what) => Log.LineAsync(l => l.TrimEnd().EndsWith("Heard " + what, StringComparison.Ordinal));

    public async ValueTask DisposeAsync()
    {
        await Cast.DisposeAsync();
        folder.Delete(recursive: true);
    }
}
