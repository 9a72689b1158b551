using Chat.Daemon.Plugins.Discovery;
using Chat.Daemon.Plugins.Lifecycle;
using Chat.Testing;
using Microsoft.Extensions.Logging;

namespace Chat.Plugins.Tests.Lifecycle;

/// <summary>Which plugins are suspected if the process dies. Each <see cref="Run"/> is a process that reads what the last left.</summary>
[TestClass]
public sealed class StartMarksTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("chat-marks-");
    private readonly CapturedLog log = new();

    public void Dispose() => folder.Delete(recursive: true);

    [TestMethod]
    public void DeathsInARowAreCounted()
    {
        for (var run = 0; run < 3; run++)
        {
            var marks = Run(out _, out var suspects);
            Assert.AreEqual(run, suspects.GetValueOrDefault("ana")?.Deaths ?? 0);
            marks.Begin("ana", "h1");
        }
    }

    [TestMethod]
    public void OnlyThePluginThatWasStartingIsSuspected()
    {
        var marks = Run(out _, out _);
        marks.Begin("ana", "h1");
        marks.Started("ana");
        marks.Begin("bia", "h2");
        Run(out _, out var suspects);
        Assert.AreEqual("bia", suspects.Single().Key);
    }

    [TestMethod]
    public void AllThatHadJustStartedAreSuspected()
    {
        StartAnaAndBia(Run(out _, out _));
        Run(out _, out var suspects);
        Assert.AreSequenceEqual(["ana", "bia"], suspects.Keys.Order());
    }

    [TestMethod]
    public void PluginThatWasRunningACallIsSuspectedAlone()
    {
        var marks = Run(out _, out _);
        StartAnaAndBia(marks);
        marks.Narrow(["old"]); // not one of those that just started: says nothing
        marks.Narrow(["bia", "old"]);
        Run(out _, out var suspects);
        Assert.AreEqual("bia", suspects.Single().Key);
    }

    [TestMethod]
    public async Task StartThatIsSurvivedIsForgottenWithEarlierDeaths()
    {
        Run(out _, out _).Begin("ana", "h1");
        var marks = Run(out var time, out _);
        marks.Begin("ana", "h1");
        marks.Started("ana");
        time.Advance(StartMarks.Probation);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (File.ReadAllText(MarkFile).Contains("ana", StringComparison.Ordinal))
        {
            limit.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
        Run(out _, out var suspects);
        Assert.IsEmpty(suspects);
    }

    [TestMethod]
    public void StopIsNoDeathButForgivesNone()
    {
        var marks = Run(out _, out _);
        marks.Begin("ana", "h1");
        marks = Run(out _, out _); // one death
        marks.Begin("ana", "h1");
        marks.Started("ana");
        marks.EndAll();
        marks = Run(out _, out var suspects);
        Assert.IsEmpty(suspects);
        marks.Begin("ana", "h1");
        Run(out _, out suspects);
        Assert.AreEqual(2, suspects["ana"].Deaths);
    }

    [TestMethod]
    public void NewContentBeginsAnew()
    {
        Run(out _, out _).Begin("ana", "h1");
        Run(out _, out _).Begin("ana", "h2");
        Run(out _, out var suspects);
        Assert.AreEqual(new StartMark("h2", StartPhase.Past, 1), suspects["ana"]);
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("[1]")]
    [DataRow("null")]
    [DataRow("{\"ana\":null}")]
    [DataRow("{\"ana\":{\"hash\":null,\"phase\":\"Nonsense\"}}")]
    public void DamagedFileIsReportedAndReplaced(string content)
    {
        File.WriteAllText(MarkFile, content);
        var marks = Run(out _, out var suspects);
        Assert.IsEmpty(suspects);
        marks.Begin("ana", "h1");
        Run(out _, out suspects);
        Assert.HasCount(1, suspects);
    }

    private static void StartAnaAndBia(StartMarks marks)
    {
        foreach (var id in new[] { "ana", "bia" })
        {
            marks.Begin(id, "h");
            marks.Started(id);
        }
    }

    private string MarkFile => Path.Combine(folder.FullName, "starts.json");

    private StartMarks Run(out TestTime time, out IReadOnlyDictionary<string, StartMark> suspects)
    {
        time = new();
        var marks = new StartMarks(new PluginFolders("", [], folder.FullName), time, log.CreateLogger<StartMarks>());
        suspects = marks.CountDeaths();
        return marks;
    }
}
