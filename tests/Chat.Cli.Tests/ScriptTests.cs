using System.Globalization;
using Chat.Cli.Scripts;
using Chat.Client;
using Chat.TestKit;
using Conversation = Chat.Client.Conversation;

namespace Chat.Cli.Tests;

/// <summary>The sub-commands for scripts.</summary>
[TestClass]
public sealed class ScriptTests
{
    private static readonly Conversation Room = Conversation.Room("sala");

    [TestMethod]
    [Timeout(120_000)]
    public async Task SendHistoryAndRun()
    {
        await using var daemon = await TestDaemon.StartAsync();
        var sent = await RunAsync(daemon.Port, "send sala /não é um comando");
        Assert.AreEqual((0, ""), (sent.Status, sent.Output), sent.Errors);
        sent = await RunAsync(daemon.Port, "send \"#sala\" --json", "duas\nlinhas\n");
        Assert.Contains("\"seq\":2,\"from\":\"ci\",\"text\":\"duas\\nlinhas\"", sent.Output, sent.Errors);
        var history = await RunAsync(daemon.Port, "history sala --json");
        var lines = history.Output.TrimEnd().Split('\n');
        Assert.AreEqual(2, lines.Length, history.Output + history.Errors);
        Assert.Contains("\"text\":\"/não é um comando\"", lines[0]);
        history = await RunAsync(daemon.Port, "history sala --limit 1");
        Assert.Contains("#sala #2 ci: duas\n      linhas", history.Output, history.Errors);
        var run = await RunAsync(daemon.Port, "run /who --room sala");
        Assert.AreEqual(0, run.Status, run.Errors);
        Assert.Contains("ci", run.Output);
    }

    [TestMethod]
    [Timeout(120_000)]
    [DataRow("send @ninguem oi", 12)]
    [DataRow("run /nada", 12)]
    [DataRow("run \"/shutdown\"", 11)]
    [DataRow("send sala \" \"", 15)]
    [DataRow("send \"a b\" oi", 2)]
    [DataRow("tail sala --since ontem-à-noite", 2)]
    [DataRow("nenhum", 2)]
    public async Task TheExitStatusTellsTheRefusal(string arguments, int status)
    {
        await using var daemon = await TestDaemon.StartAsync();
        var run = await RunAsync(daemon.Port, arguments);
        Assert.AreEqual((status, ""), (run.Status, run.Output), run.Errors);
        Assert.AreNotEqual("", run.Errors);
    }

    [TestMethod]
    [Timeout(120_000)]
    public async Task TailBeginsInThePast()
    {
        await using var daemon = await TestDaemon.StartAsync();
        await using var bia = new ChatClient(Clients.Options(daemon.Port));
        (await bia.LoginAsync(LoginRequest.Guest("bia", "sala"))).OrThrow();
        (await bia.SendAsync(Room, "antes\u202E")).OrThrow();
        var folder = Directory.CreateTempSubdirectory("chat-test-");
        var file = Path.Combine(folder.FullName, "tail.txt");
        var tail = CliProcess.RunAsync(
            "", $"tail sala --since 1h --connect 127.0.0.1:{daemon.Port} --user ci --lang en > {file}", throughShell: true);
        while ((await bia.MembersAsync("sala")).OrThrow().Entries.Count < 2) await Task.Delay(50);
        (await bia.SendAsync(Room, "agora")).OrThrow();
        while (!(await File.ReadAllTextAsync(file)).Contains("agora", StringComparison.Ordinal)) await Task.Delay(50);
        await using var admin = new ChatClient(Clients.Options(daemon.Port));
        (await admin.LoginAsync(LoginRequest.Account("admin", TestDaemon.AdminPassword, ["sala"]))).OrThrow();
        (await admin.RunAsync(Room, "/kick ci")).OrThrow();
        var (status, _, errors) = await tail;
        Assert.AreEqual(14, status, errors);
        var output = await File.ReadAllTextAsync(file);
        folder.Delete(recursive: true);
        Assert.Contains("bia: antes\uFFFD", output);
        Assert.Contains("bia: agora", output);
    }

    [TestMethod]
    [DataRow("90s", "2026-12-02T11:58:30")]
    [DataRow("1d2h", "2026-12-01T10:00:00")]
    [DataRow("2026-11-30T08:00:00Z", "2026-11-30T08:00:00")]
    [DataRow("999999d", "0001-01-01T00:00:00")]
    [DataRow("999999d999999d999999d999999d999999d999999d999999d999999d999999d999999d999999d", null)]
    [DataRow("1234567s", null)]
    [DataRow("12", null)]
    [DataRow("", null)]
    public void ATimeIsHowLongAgoOrADate(string text, string? expected)
    {
        var now = new DateTimeOffset(2026, 12, 2, 12, 0, 0, TimeSpan.Zero);
        var isTime = PointInTime.TryParse(text, now, out var time);
        Assert.AreEqual(expected, isTime ? time.UtcDateTime.ToString("s", CultureInfo.InvariantCulture) : null);
    }

    [TestMethod]
    [Timeout(120_000)]
    [DataRow("bash")]
    [DataRow("zsh")]
    [DataRow("fish")]
    [DataRow("powershell")]
    public async Task ShellsCompleteSubCommands(string shell)
    {
        var script = await CliProcess.RunAsync("", $"completion {shell}");
        Assert.AreEqual(0, script.Status, script.Errors);
        Assert.Contains("[suggest:", script.Output);
        var found = await CliProcess.RunAsync("", "\"[suggest:9]\" \"chat hist\"");
        Assert.AreEqual("history", found.Output.Trim());
    }

    private static Task<(int Status, string Output, string Errors)> RunAsync(int port, string arguments, string input = "") =>
        CliProcess.RunAsync(input, $"{arguments} --connect 127.0.0.1:{port} --user ci --lang en");
}
