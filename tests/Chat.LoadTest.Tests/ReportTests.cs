using System.Globalization;
using System.IO.Compression;
using Chat.LoadTest.Comparing;
using Chat.LoadTest.Measuring;
using Chat.LoadTest.Reports;
using Chat.LoadTest.Scenarios;
using Chat.LoadTest.Thresholds;
using Chat.LoadTest.Workers;
using HdrHistogram;
using HdrHistogram.Encoding;
using HdrHistogram.Utilities;

namespace Chat.LoadTest.Tests;

/// <summary>Report files. CHAT_WRITE_DOCS=1 rewrites the golden ones.</summary>
[TestClass]
public sealed class ReportTests
{
    private static readonly LoadTexts English = new("en");

    [TestMethod]
    [DataRow("report.md")]
    [DataRow("report.html")]
    public void PagesAreGolden(string name)
    {
        var report = Sample("fan-out");
        var page = name == "report.md" ? MarkdownReport.Of(report, English) : HtmlReport.Of(report, English);
        var golden = Path.Combine(SourceFolder(), "golden", name + ".golden");
        if (Environment.GetEnvironmentVariable("CHAT_WRITE_DOCS") == "1") File.WriteAllText(golden, page);
        Assert.AreEqual(File.ReadAllText(golden), page, "If this change is meant, run the test with CHAT_WRITE_DOCS=1.");
    }

    [TestMethod]
    public void AReportSurvivesItsFile()
    {
        using var folder = new TemporaryFolder();
        var report = Sample("fan-out");
        ReportFolder.Open(folder.Path, English).Write(report);
        Assert.AreEqual(report.ToJson(), ReportFolder.Read(folder.Path, English).ToJson());
        CollectionAssert.AreEquivalent(
            new List<string> { "report.json", "report.md", "report.html" },
            Directory.GetFiles(folder.Path).Select(Path.GetFileName).ToList());
    }

    [TestMethod]
    public void NamesCannotBreakOutOfAPage()
    {
        const string hostile = "<script>alert(1)</script>|[x](javascript:1)\u001b[31m";
        var html = HtmlReport.Of(Sample(hostile), English);
        Assert.DoesNotContain("<script", html);
        Assert.DoesNotContain("http", html.Replace("http-equiv", "", StringComparison.Ordinal), "The page loads nothing.");
        var markdown = MarkdownReport.Of(Sample(hostile), English);
        Assert.DoesNotContain("<script", markdown.Replace("\\<script", "", StringComparison.Ordinal));
        Assert.DoesNotContain("\u001b", markdown);
    }

    [TestMethod]
    public void AServersCodeStaysInItsLine()
    {
        const string code = "x\n# Forged\n- [y](javascript:1) <b>\t\u202e";
        var report = Sample("fan-out");
        report = report with
        {
            Counts = report.Counts with { Refusals = new() { [code] = 1 }, NotIn = new() { [code] = 1 }, Ended = new() { [code] = 1 } },
            Capacity = new(0, code, [new(1, 20, 200, 20, 25, [code])]),
            Thresholds = [],
        };
        var markdown = MarkdownReport.Of(report, English);
        foreach (var page in (string[])[new ReportText(English).Write(report), markdown, HtmlReport.Of(report, English)])
        {
            Assert.IsFalse(page.Split('\n').Any(line => line.StartsWith("# Forged", StringComparison.Ordinal)), page);
            Assert.IsFalse(page.Contains('\t') || page.Contains('\u202e'), page);
        }
        Assert.DoesNotContain("](", markdown.Replace("\\](", "", StringComparison.Ordinal));
        Assert.DoesNotContain("<b>", markdown.Replace("\\<b", "", StringComparison.Ordinal));
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("{}")]
    [DataRow("""{"schema":"chat-load/report/99"}""")]
    public void AnotherFileIsNoReport(string text)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("report.json"), text);
        Assert.AreEqual(2, Assert.ThrowsExactly<LoadException>(() => ReportFolder.Read(folder.Path, English)).Status);
    }

    [TestMethod]
    [OSCondition(OperatingSystems.Linux)]
    public async Task AFullDiskIsReportedAfterTheFigures()
    {
        using var folder = new TemporaryFolder();
        File.CreateSymbolicLink(folder.File("report.json.tmp"), "/dev/full");
        var run = await LoadProcess.RunAsync(
            "--users", "4", "--rooms", "1", "--workers", "1", "--warmup", "0", "--seconds", "1", "--json", "--report", folder.Path);
        Assert.AreEqual(1, run.Status, run.Errors);
        Assert.AreEqual(4, run.Count("sent"), "The figures are on standard output all the same.");
        StringAssert.Contains(run.Errors, "report.json");
        Assert.IsFalse(File.Exists(folder.File("report.json")));
    }

    [TestMethod]
    public async Task ARunWritesAReportThatCanBeDrawnAgainAndCompared()
    {
        using var folder = new TemporaryFolder();
        foreach (var (set, number) in new[] { ("a", 1), ("b", 1), ("a", 2), ("b", 2) })
        {
            var run = await LoadProcess.RunAsync(
                "--users", "6", "--rooms", "2", "--workers", "1", "--warmup", "0", "--seconds", "2", "--rate", "5",
                "--report", folder.File($"{set}/{number}"));
            Assert.AreEqual(0, run.Status, run.Errors);
        }
        StringAssert.Contains(File.ReadAllText(folder.File("a/1/1-delivery.hgrm")), "Percentile TotalCount 1/(1-Percentile)");
        StringAssert.Contains(File.ReadAllText(folder.File("a/1/1-delivery.hlog")), "#[Histogram log format version 1.3]");
        var page = folder.File("a/1/report.html");
        var drawn = File.ReadAllText(page);
        File.Delete(page);
        Assert.AreEqual(0, (await LoadProcess.RunAsync("report", folder.File("a/1"))).Status);
        Assert.AreEqual(drawn, File.ReadAllText(page));
        var compared = await LoadProcess.RunAsync("compare", folder.File("a"), folder.File("b"), "--html", folder.File("compared.html"));
        Assert.AreEqual(0, compared.Status, compared.Errors);
        StringAssert.Contains(compared.Output, "2 pairs");
        StringAssert.Contains(compared.Output, "delivery.p99");
        Assert.IsTrue(File.Exists(folder.File("compared.html")));
        Assert.AreEqual(2, (await LoadProcess.RunAsync("compare", folder.File("a"), folder.File("b/1"))).Status);
    }

    [TestMethod]
    public void ALogHoldsEveryInterval()
    {
        var (log, random) = (new HistogramLog(), new Random(7));
        for (var second = 0; second < 3; second++)
        {
            var latency = new Latency();
            for (var i = 0; i < 1_000; i++) latency.Record((long)Math.Exp(random.NextDouble() * 15));
            latency.Record(5_000_000);
            log.Add(second, 1, latency);
        }
        var lines = log.ToText(DateTimeOffset.UnixEpoch).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        StringAssert.StartsWith(lines[1], "#[StartTime: 0.000 (seconds since epoch)");
        var last = lines[^1].Split(',');
        Assert.AreEqual("2.000 1.000", string.Join(' ', last[..2]));
        Assert.AreEqual(5_000, double.Parse(last[2], CultureInfo.InvariantCulture), 5);
        StringAssert.StartsWith(last[3], "HIST", "Readers know it by that.");
        var packed = Convert.FromBase64String(last[3]);
        using var unpacked = new MemoryStream();
        using (var zip = new ZLibStream(new MemoryStream(packed[8..]), CompressionMode.Decompress)) zip.CopyTo(unpacked);
        var histogram = HistogramEncoding.DecodeFromByteBuffer(ByteBuffer.Allocate(unpacked.ToArray()), 1);
        Assert.AreEqual(1_001, histogram.TotalCount);
        Assert.AreEqual(5e9, histogram.GetMaxValue(), 5e6, "Nanoseconds.");
    }

    [TestMethod]
    public void OnlyAChangeBeyondNoiseCounts()
    {
        Report[] a = [Sample("x", 10), Sample("x", 12), Sample("x", 11), Sample("x", 13)];
        var slower = Comparison.Of(a, [.. a.Select((report, i) => Sample("x", report.Delivery!.P50 * (1.5 + (i * 0.01))))]);
        Assert.IsTrue(slower.Changes.Single(change => change.Figure == "delivery.p99").IsWorse);
        var noise = Comparison.Of(a, [Sample("x", 11), Sample("x", 11), Sample("x", 12), Sample("x", 12)]);
        Assert.IsFalse(noise.Changes.Any(change => change.IsBetter || change.IsWorse));
        Assert.IsFalse(Comparison.Of([a[0]], [Sample("x", 99)]).Changes.Any(change => change.IsWorse), "One pair shows nothing.");
    }

    [TestMethod]
    public void MorePairsThanTheTableHasAreNotTakenForAMultitude()
    {
        var interval = Interval.Of([.. Enumerable.Range(0, 32).Select(i => i % 2 == 0 ? 1.0 : -1.0)]);
        Assert.AreEqual(2.042 / Math.Sqrt(31), interval.HalfWidth, 1e-9);
    }

    [TestMethod]
    public void AnyPairMayDiffer()
    {
        var other = Sample("x");
        other = other with { Host = other.Host with { Name = "elsewhere" } };
        Assert.HasCount(1, Comparison.Of([Sample("x"), Sample("x")], [Sample("x"), other]).Differences);
    }

    [TestMethod]
    public void RunsThatShowLittleAreNamed()
    {
        var (a, b) = (Sample("x") with { Saturated = [] }, Sample("x"));
        var page = new ComparisonPage(Comparison.Of([a, a], [b, a with { Interrupted = true }]), English).ToMarkdown();
        StringAssert.Contains(page, English.ComparedSaturated("B 1"));
        StringAssert.Contains(page, English.ComparedInterrupted("B 2"));
    }

    [TestMethod]
    public void AStepSaysHowLongTheLoadTestWasBusy()
    {
        var report = Sample("fan-out");
        report = report with { Capacity = report.Capacity! with { Steps = [report.Capacity.Steps[0] with { Saturated = 3 }] } };
        foreach (var page in (string[])[new ReportText(English).Write(report), MarkdownReport.Of(report, English)])
            StringAssert.Contains(page, "held; load test busy in 3 s");
    }

    /// <summary>The same on every machine.</summary>
    private static Report Sample(string name, double latency = 12)
    {
        var pair = new LatencyPair();
        for (var i = 0; i < 2_000; i++) pair.Record(0, 500, (long)(latency * 1_000) + (i * i / 100));
        var counts = new Counts { Users = 10, Sent = 200, Echoed = 200, Delivered = 2_000, Measured = 2_000, WorkerSeconds = 1.5 };
        var series = Enumerable.Range(0, 10).Select(second => new SeriesPoint(
            second, 20, 200, 0, new() { [Metric.Delivery] = new(latency + second, (latency * 2) + second, (latency * 3) + second) }));
        return new Report
        {
            Date = DateTimeOffset.UnixEpoch,
            Host = new("host", "Linux", "CPU <1>", 2, ".NET", "0.1.0", "abc"),
            Counts = counts,
            HasWritten = true,
            UsersWanted = 10,
            Rooms = 1,
            Workers = 1,
            Rate = 2,
            Seed = 7,
            Seconds = 10,
            DeliveriesPerSecond = 200,
            Delivery = Percentiles.Of(pair.Planned),
            WorkersDied = [],
            Durability = "full",
            FileSystem = "ext4",
            Usage = new(2.5, 100 * 1_048_576, 0),
            DaemonPerDelivery = 1_250,
            TesterPerDelivery = 750,
            TesterBytes = 60 * 1_048_576,
            Saturated = [3],
            UsageSeries = [.. Enumerable.Range(0, 10).Select(second => new UsagePoint(second, 25 + second, 100, 15, 60))],
            Scenarios =
            [
                new()
                {
                    Name = name,
                    Settings = new ScenarioSettings { Users = 10, Rooms = 1, Stages = [new(10, 2)] },
                    Counts = counts,
                    Seconds = 10,
                    SentPerSecond = 20,
                    DeliveriesPerSecond = 200,
                    Latencies = new() { [Metric.Delivery] = LatencyReport.Of(pair) },
                    Series = [.. series],
                },
            ],
            Thresholds = [new ThresholdResult("delivery.p99>100ms", 51.2, Broken: false), new ThresholdResult("lost>0", 0, Broken: false)],
            Capacity = new(
                2, "delivery.p99>100ms",
                [new(1, 20, 200, 20, 25, []), new(2, 40, 400, 51.2, 50, []), new(4, 80, 800, 180, 99, ["delivery.p99>100ms"])]),
        };
    }

    private static string SourceFolder()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Chat.LoadTest.Tests.csproj"))) folder = folder.Parent!;
        return folder.FullName;
    }
}
