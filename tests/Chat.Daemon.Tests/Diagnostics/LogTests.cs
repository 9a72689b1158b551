using System.Text.Json;
using Chat.Daemon.Configuration;
using Chat.Daemon.Diagnostics;
using Chat.Daemon.Tests.CommandLine;
using Chat.Daemon.Tests.Commands;
using Chat.Daemon.Tests.Configuration;
using Chat.TestKit;
using Microsoft.Extensions.Logging;

namespace Chat.Daemon.Tests.Diagnostics;

/// <summary>The real log, as nlog.config describes it. A process has only one, so these tests run one at a time.</summary>
[TestClass]
[DoNotParallelize]
public sealed partial class LogTests
{
    private const string Hostile = "a\r\nb\u001b[2J\u2028c\u2029d\u202ee\u0085f\"\\joão\0";

    [TestMethod]
    public void NoValueForgesALineInTheFile()
    {
        using var folder = new ScratchFolder();
        using (var log = LogFile.Open(folder.Path))
        {
            var logger = log.CreateLogger("Chat.Daemon.Tests." + Hostile);
            var scope = new Dictionary<string, object> { ["connection"] = 7, ["session"] = Hostile, ["other"] = "not written" };
            using (logger.BeginScope(scope))
                LogSaid(logger, Hostile, new InvalidOperationException(Hostile));
        }
        LogFile.Close();

        var lines = File.ReadAllText(folder["server.log"]).TrimEnd('\n').Split('\n');
        Assert.HasCount(1, lines);
        Assert.IsTrue(lines[0].All(letter => letter is >= ' ' and <= '~'), lines[0]);
        using var line = JsonDocument.Parse(lines[0]);
        var root = line.RootElement;
        CollectionAssert.AreEqual(
            new[] { "time", "level", "logger", "event", "connection", "session", "message", "exception" },
            root.EnumerateObject().Select(property => property.Name).ToList());
        Assert.AreEqual("Said: " + Hostile, root.GetProperty("message").GetString());
        Assert.AreEqual("Said", root.GetProperty("event").GetString());
        Assert.AreEqual("warn", root.GetProperty("level").GetString());
        Assert.AreEqual("7", root.GetProperty("connection").ToString());
        Assert.AreEqual(Hostile, root.GetProperty("session").GetString());
        Assert.AreEqual(DateTimeKind.Utc, root.GetProperty("time").GetDateTime().Kind);
    }

    [TestMethod]
    public void TheFileRollsOverAndKeepsItsName()
    {
        using var folder = new ScratchFolder();
        using (var log = LogFile.Open(folder.Path))
        {
            // This logger writes to the file only.
            var logger = log.CreateLogger("Microsoft.Extensions.Hosting.Internal.Host");
            var text = new string('x', 1_000_000);
            for (var i = 0; i < 25; i++)
                LogSaid(logger, text, null);
            LogSaid(logger, "the last", null);
        }
        LogFile.Close();

        var files = Directory.GetFiles(folder.Path).Select(Path.GetFileName).Order(StringComparer.Ordinal).ToList();
        Assert.IsGreaterThan(1, files.Count, "Lines written together stay in one file, even if it grows too long.");
        Assert.IsTrue(
            files.All(file => System.Text.RegularExpressions.Regex.IsMatch(file!, @"^server(\.\d+)?\.log$")), string.Join(' ', files));
        StringAssert.Contains(File.ReadAllText(folder["server.log"]), "the last");
    }

    [TestMethod]
    public void NothingElseRollsTheSecurityLogAway()
    {
        using var folder = new ScratchFolder();
        using (var log = LogFile.Open(folder.Path))
        {
            var (security, other) = (log.CreateLogger("Chat.Security"), log.CreateLogger("Microsoft.Extensions.Hosting.Internal.Host"));
            LogSaid(security, "the first " + Hostile, null);
            var text = new string('x', 1_000_000);
            for (var i = 0; i < 25; i++)
                LogSaid(other, text, null);
            LogSaid(security, "the last", null);
        }
        LogFile.Close();

        Assert.IsGreaterThan(1, Directory.GetFiles(folder.Path, "server*.log").Length);
        var lines = File.ReadAllText(folder["security.log"]).TrimEnd('\n').Split('\n');
        Assert.HasCount(2, lines);
        Assert.IsTrue(lines.All(line => line.All(letter => letter is >= ' ' and <= '~')), lines[0]);
        Assert.Contains("Said: the first", lines[0]);
        Assert.Contains("the last", File.ReadAllText(folder["server.log"]));
    }

    [TestMethod]
    public async Task NoValueForgesALineOnTheTerminal()
    {
        using var folder = new ScratchFolder();
        folder.Write("chatd.json", "{}");
        using var chatd = ChatdProcess.Start(folder.Path, ["--listen", "127.0.0.1:0", "--http", "off"]);
        await chatd.PortAsync("tcp");
        folder.Write("chatd.json", JsonSerializer.Serialize(new { Chat = new Dictionary<string, int> { [Hostile] = 1 } }));
        await WrittenAsync(folder["logs/server.log"], "SettingsRefused");
        var (_, error) = await chatd.StopAsync();

        var lines = error.TrimEnd('\n').Split('\n');
        Assert.HasCount(1, lines);
        Assert.IsFalse(lines[0].Any(letter => char.IsControl(letter) || letter is '\u2028' or '\u2029' or '\u202e'), lines[0]);
        StringAssert.Contains(lines[0], " warn  OptionsSource: Changed settings refused: the previous settings stay in effect. "
            + """There is no setting Chat:a\u000D\u000Ab\u001B[2J\u2028c\u2029d\u202Ee\u0085f"\joão\u0000 (chatd.json)""");
        var written = File.ReadAllLines(folder["logs/server.log"]);
        Assert.HasCount(1, written.Where(line => line.Contains("SettingsRefused", StringComparison.Ordinal)));
    }

    [TestMethod]
    public async Task TheStartIsLoggedWithTheDurabilityAsTheSettingIsWritten()
    {
        using var log = new CapturedLog();
        await using var daemon = await TestDaemon.StartAsync(log, null, ("Chat:History:Durability", "normal"));
        await log.LineAsync(line => line.TrimEnd().EndsWith(", durability normal", StringComparison.Ordinal));
    }

    [TestMethod]
    public void OnlyLogFileNamesNLog()
    {
        var daemon = Path.Combine(WrittenSettingsTests.Root(), "Chat.Daemon");
        var naming = Directory.EnumerateFiles(daemon, "*.cs", SearchOption.AllDirectories)
            .Where(file => !Path.GetRelativePath(daemon, file).StartsWith("obj", StringComparison.Ordinal))
            .Where(file => File.ReadAllText(file).Contains("NLog", StringComparison.Ordinal))
            .Select(file => Path.GetRelativePath(daemon, file));
        CollectionAssert.AreEqual(new[] { Path.Combine("Diagnostics", "LogFile.cs") }, naming.ToList());
    }

    /// <summary>Completes when the file contains the text.</summary>
    internal static async Task WrittenAsync(string file, string text)
    {
        using var watcher = new FileSystemWatcher(Path.GetDirectoryName(file)!, Path.GetFileName(file));
        using var changes = new SemaphoreSlim(0);
        watcher.Changed += (_, _) => changes.Release();
        watcher.EnableRaisingEvents = true;
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!await ContainsAsync(file, text))
        {
            var hasChanged = await changes.WaitAsync(TimeSpan.FromSeconds(60), CancellationToken.None);
            Assert.IsTrue(hasChanged && !limit.IsCancellationRequested, $"{file} does not contain {text}.");
        }
    }

    private static async Task<bool> ContainsAsync(string file, string text)
    {
        using var reader = new StreamReader(new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        return (await reader.ReadToEndAsync()).Contains(text, StringComparison.Ordinal);
    }

    [LoggerMessage(EventId = 1, EventName = "Said", Level = LogLevel.Warning, Message = "Said: {Text}")]
    private static partial void LogSaid(ILogger logger, string text, Exception? exception);
}
