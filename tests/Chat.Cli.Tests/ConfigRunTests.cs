using System.Diagnostics;
using Chat.Client;
using Chat.TestKit;
using Conversation = Chat.Client.Conversation;

namespace Chat.Cli.Tests;

/// <summary>Runs of the program with a configuration file.</summary>
[TestClass]
public sealed class ConfigRunTests : IDisposable
{
    private readonly DirectoryInfo home = Directory.CreateTempSubdirectory("chat-test-");

    private string FilePath => Path.Combine(home.FullName, "chat", "config.json");

    [TestMethod]
    [Timeout(120_000)]
    public async Task InitWritesAFileOfItsOwnerAndNeverOverwrites()
    {
        Assert.AreEqual((0, FilePath), await OutputAsync("config path"));
        var made = await RunAsync("config init --lang en");
        Assert.AreEqual((0, $"Wrote {FilePath}. Everything in it is still commented out."), (made.Status, made.Output.Trim()), made.Errors);
        if (!OperatingSystem.IsWindows()) Assert.AreEqual((UnixFileMode)0b110_000_000, File.GetUnixFileMode(FilePath));
        File.AppendAllText(FilePath, "// mine\n");
        var again = await RunAsync("config init --lang en");
        Assert.AreEqual((2, $"{FilePath} already exists and was not changed."), (again.Status, again.Errors.Trim()));
        Assert.EndsWith("// mine\n", await File.ReadAllTextAsync(FilePath));
    }

    [TestMethod]
    [Timeout(120_000)]
    public async Task AMistakeStopsWhatNeedsTheFileAlone()
    {
        Write("{\n  \"user\": \"ana\",\n  \"colour\": true\n}");
        var run = await RunAsync("work --lang en");
        Assert.AreEqual(2, run.Status, run.Output);
        Assert.StartsWith($"{FilePath}, line 3: there is no setting \"colour\" here;", run.Errors);
        Assert.HasCount(1, run.Errors.TrimEnd().Split('\n'));
        Assert.AreEqual(2, (await RunAsync("send sala oi")).Status);
        Assert.AreEqual(0, (await RunAsync("--help")).Status);
        Assert.AreEqual((0, FilePath), await OutputAsync("config path"));
    }

    [TestMethod]
    [Timeout(120_000)]
    public async Task AProfileNamesTheDaemonTheUserAndThePassword()
    {
        await using var daemon = await TestDaemon.StartAsync();
        Write($$"""
            {
              "lang": "en",
              "profiles": { "work": {
                "connect": "127.0.0.1:{{daemon.Port}}", "user": "admin", "rooms": ["sala"],
                "password-command": "echo '{{TestDaemon.AdminPassword}}'",
                "aliases": { "bom": "bom dia," }
              } }
            }
            """);
        var run = await RunAsync("work", "/bom gente\n");
        Assert.AreEqual(0, run.Status, run.Errors);
        Assert.Contains("Logged in as admin with the password.", run.Output);
        Assert.Contains("#sala #1 admin: bom dia, gente\n", run.Output);
        Assert.DoesNotContain(TestDaemon.AdminPassword, run.Output + run.Errors);
        var sent = await RunAsync("work send sala pelo perfil");
        Assert.AreEqual((0, ""), (sent.Status, sent.Errors));
        await using var second = await TestDaemon.StartAsync();
        var node = await RunAsync($"work send sala pelo segundo --connect 127.0.0.1:1,127.0.0.1:{daemon.Port} --user bia");
        Assert.AreEqual((0, ""), (node.Status, node.Errors));
        var elsewhere = await RunAsync($"work --connect 127.0.0.1:{second.Port}");
        Assert.Contains("A password is required", elsewhere.Errors, "The password is not for this daemon.");
        var other = await RunAsync("work --user bia --lang pt-BR");
        Assert.Contains("Você entrou como bia (convidado).", other.Output, other.Errors);
        var unknown = await RunAsync("wrok --lang en");
        Assert.AreEqual((2, $"\"wrok\" is neither a command nor a profile in {FilePath}."), (unknown.Status, unknown.Errors.Trim()));
    }

    [TestMethod]
    [Timeout(120_000)]
    [DataRow("exit 3", "it ended with status 3.")]
    [DataRow("true", "it printed no password.")]
    [DataRow("yes", "it printed too much for a password.")]
    [DataRow("cat", "it printed no password.")]
    [DataRow("echo wrong", null)]
    [DataRow("echo wrong; echo second", null)]
    public async Task APasswordCommandThatFailsIsReported(string command, string? why)
    {
        await using var daemon = await TestDaemon.StartAsync();
        Write($$"""{ "connect": "127.0.0.1:{{daemon.Port}}", "user": "admin", "password-command": "{{command}}" }""");
        var run = await RunAsync("--lang en", "not for the command\n");
        Assert.AreEqual(1, run.Status, run.Output);
        if (why is not null) Assert.Contains($"The password-command of the configuration failed: {why}", run.Errors);
        Assert.Contains("Login failed:", run.Errors);
        Assert.DoesNotContain("wrong", run.Errors.Replace("wrong password", "", StringComparison.OrdinalIgnoreCase));
    }

    [TestMethod]
    [Timeout(60_000)]
    [OSCondition(OperatingSystems.Linux)]
    public async Task APasswordCommandThatHangsIsEnded()
    {
        var mark = Path.Combine(home.FullName, "pid");
        var running = PasswordProgram.RunAsync(
            $"echo secret; sleep 600 & echo $! >{mark}; wait", mayAsk: false, TimeSpan.FromSeconds(2), new CliTexts("en"), default);
        Assert.AreEqual((null, "it did not end within 2 s."), await running);
        var started = int.Parse(await File.ReadAllTextAsync(mark), System.Globalization.CultureInfo.InvariantCulture);
        for (var since = Stopwatch.StartNew(); IsRunning(started); await Task.Delay(20))
            Assert.IsLessThan(20_000, since.ElapsedMilliseconds, "What it started is still running.");
    }

    [TestMethod]
    [Timeout(60_000)]
    public async Task LevelsDecideWhatNotifies()
    {
        await using var daemon = await TestDaemon.StartAsync();
        await using var bia = await GuestAsync(daemon.Port, "bia");
        var levels = new Dictionary<Conversation, NotifyLevel>
        {
            [Conversation.Room("Sala")] = NotifyLevel.All,
            [Conversation.With("bia")] = NotifyLevel.None,
        };
        var settings = new DialogueSettings { Levels = levels };
        await using var screen = new TestScreen(await GuestAsync(daemon.Port, "ana"), settings: settings);
        await screen.UntilSaidAsync("here:");
        foreach (var text in (string[])["um", "dois", "três @ana"]) (await bia.SendAsync(Conversation.Room("sala"), text)).OrThrow();
        (await bia.SendAsync(Conversation.With("ana"), "só para você")).OrThrow();
        await screen.UntilSaidAsync("só para você");
        Assert.AreEqual("Bell bia #sala: um|Bell bia #sala: três @ana", string.Join('|', screen.Notified));
        screen.Type("/set level none");
        await screen.UntilSaidAsync("The setting level #sala is none.");
        (await bia.SendAsync(Conversation.Room("sala"), "@ana quatro")).OrThrow();
        await screen.UntilSaidAsync("@ana quatro");
        Assert.HasCount(2, screen.Notified);
        screen.Type("/set level some");
        await screen.UntilSaidAsync("Usage: /set");
    }

    public void Dispose() => home.Delete(recursive: true);

    private void Write(string file)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(FilePath)!);
        File.WriteAllText(FilePath, file);
    }

    private Task<(int Status, string Output, string Errors)> RunAsync(string arguments, string input = "") =>
        CliProcess.RunAsync(input, arguments, stateFolder: home.FullName);

    private async Task<(int, string)> OutputAsync(string arguments)
    {
        var run = await RunAsync(arguments);
        return (run.Status, run.Output.Trim());
    }

    /// <summary>A process that nobody has waited for yet does not run any more.</summary>
    private static bool IsRunning(int id)
    {
        try
        {
            return !File.ReadAllText($"/proc/{id}/stat").Contains(") Z ", StringComparison.Ordinal);
        }
        catch (IOException)
        {
            return false;
        }
    }

    private static async Task<ChatClient> GuestAsync(int port, string user)
    {
        var client = new ChatClient(Clients.Options(port) with { Language = "en" });
        (await client.LoginAsync(LoginRequest.Guest(user, "sala"))).OrThrow();
        return client;
    }
}
