using System.Text.RegularExpressions;
using Chat.TestKit;

namespace Chat.Daemon.Tests.Cluster;

/// <summary>The built daemon as a node of a cluster.</summary>
internal sealed partial class TestNode : IAsyncDisposable
{
    public const string AdminPassword = "correct horse";

    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("chat-node-");
    private readonly string name;
    private readonly RunningProcess process;

    /// <summary>Starts the process, and waits for nothing.</summary>
    /// <param name="port">0 takes a free one.</param>
    /// <param name="more">Settings, which override those of all nodes.</param>
    public TestNode(string database, string name, int port = 0, IReadOnlyList<string>? more = null)
    {
        this.name = name;
        var start = BuiltDaemon.Launch(folder, [
            $"--Chat:Database={database}", $"--Chat:Cluster:Node={name}", $"--Chat:Admin:Password={AdminPassword}", "--Chat:Language=en",
            "--Chat:Limits:MessagesPerSecond=0", .. more ?? [],
        ]);
        start.ArgumentList[start.ArgumentList.IndexOf("127.0.0.1:0")] = $"127.0.0.1:{port}";
        start.Environment["LANG"] = "en_US.UTF-8"; // the language of the program
        process = new RunningProcess(start);
    }

    public int Port { get; private set; }

    public string Errors => process.Errors;

    /// <summary>What it has logged.</summary>
    public string Log => File.ReadAllText(Path.Combine(folder.FullName, "logs", "server.log"));

    public bool HasBegunToServe => Serving().IsMatch(process.Output);

    /// <summary>Waits until it serves.</summary>
    public async Task ServesAsync()
    {
        await process.LineAsync(Serving(), Deadline);
        await FindPortAsync();
    }

    /// <summary>Waits until it knows that another serves, to which it relays.</summary>
    public async Task StandsByAsync()
    {
        await process.LineAsync(StandingBy(), Deadline);
        await FindPortAsync();
    }

    /// <summary>The port of an endpoint.</summary>
    public async Task<int> PortAsync(string scheme)
    {
        var line = await process.LineAsync(new Regex($"^listening on {scheme}://", RegexOptions.Multiline), Deadline);
        return int.Parse(line.AsSpan(line.LastIndexOf(':') + 1), provider: null);
    }

    public async Task<TestClient> ConnectAsync(string user) => await TestClient.ConnectAsync(Port, $"{user} on {name}");

    public async Task<TestClient> GuestAsync(string user)
    {
        var client = await ConnectAsync(user);
        await client.LoginAsync(user, "geral");
        return client;
    }

    public async Task<TestClient> AdminAsync()
    {
        var client = await ConnectAsync("admin");
        await client.LoginAsync(new Protocol.ClientFrame.Login("admin", AdminPassword, Lang: "en"));
        return client;
    }

    public void Signal(int signal) => process.Signal(signal);

    /// <summary>Its exit status.</summary>
    public Task<int> ExitAsync() => process.ExitAsync(Deadline);

    public async ValueTask DisposeAsync()
    {
        await process.DisposeAsync();
        folder.Delete(recursive: true);
    }

    private async Task FindPortAsync()
    {
        var line = await process.LineAsync(Listening(), Deadline);
        Port = int.Parse(Listening().Match(line).Groups["port"].ValueSpan, provider: null);
    }

    [GeneratedRegex("^serving as node ", RegexOptions.Multiline)]
    private static partial Regex Serving();

    [GeneratedRegex(@"^listening on tcp://\S+:(?<port>\d+)", RegexOptions.Multiline)]
    private static partial Regex Listening();

    [GeneratedRegex("^standing by as node ", RegexOptions.Multiline)]
    private static partial Regex StandingBy();
}
