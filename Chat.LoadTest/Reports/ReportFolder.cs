using System.Globalization;
using System.Text.Json;
using Chat.LoadTest.Coordination;
using Chat.LoadTest.Thresholds;
using HdrHistogram;

namespace Chat.LoadTest.Reports;

/// <summary>The folder of one run's report files.</summary>
internal sealed class ReportFolder
{
    public const string Json = "report.json", Markdown = "report.md", Html = "report.html";

    private const long MostBytes = 256L * 1024 * 1024;

    private readonly string path;
    private readonly LoadTexts texts;

    private ReportFolder(string path, LoadTexts texts) => (this.path, this.texts) = (path, texts);

    /// <exception cref="LoadException">The folder cannot be made.</exception>
    public static ReportFolder Open(string path, LoadTexts texts)
    {
        try
        {
            Directory.CreateDirectory(path);
            return new(path, texts);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new LoadException(ExitStatus.WrongUsage, texts.CannotWrite(path, e.Message));
        }
    }

    /// <summary>Reads the report that a folder holds, or a file.</summary>
    /// <exception cref="LoadException">There is none, or it is not a report.</exception>
    public static Report Read(string path, LoadTexts texts)
    {
        var file = Directory.Exists(path) ? Path.Combine(path, Json) : path;
        try
        {
            if (new FileInfo(file).Length > MostBytes) throw new JsonException($"> {MostBytes} bytes");
            var report = JsonSerializer.Deserialize(File.ReadAllText(file), ReportJson.Default.Report);
            if (report?.Schema == Report.CurrentSchema) return report;
            throw new JsonException(texts.NotAReport(report?.Schema ?? "null", Report.CurrentSchema));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new LoadException(ExitStatus.WrongUsage, texts.CannotRead(file, e.Message));
        }
    }

    /// <summary>Writes the pages, which can be made again from the JSON.</summary>
    public void Draw(Report report)
    {
        WriteFile(Markdown, MarkdownReport.Of(report, texts));
        WriteFile(Html, HtmlReport.Of(report, texts));
    }

    /// <summary>All of them; the figures first.</summary>
    /// <exception cref="LoadException">A file cannot be written.</exception>
    public void Write(Report report)
    {
        WriteFile(Json, report.ToJson() + "\n");
        Draw(report);
    }

    /// <summary>
    /// The latencies of each scenario as HdrHistogram's tools read them: <c>1-delivery.hgrm</c> and <c>1-delivery.hlog</c> of the first.
    /// </summary>
    /// <param name="from">The end of the warm-up.</param>
    /// <exception cref="LoadException">A file cannot be written.</exception>
    public void WriteHistograms(IReadOnlyList<ScenarioGathering> scenarios, DateTimeOffset from)
    {
        for (var i = 0; i < scenarios.Count; i++)
        {
            foreach (var (metric, pair) in scenarios[i].Totals.Where(of => !of.Value.Planned.IsEmpty))
            {
                using var text = new StringWriter(CultureInfo.InvariantCulture);
                pair.Planned.Histogram.OutputPercentileDistribution(text, outputValueUnitScalingRatio: 1_000); // milliseconds
                WriteFile($"{i + 1}-{FigureTable.NameOf(metric)}.hgrm", text.ToString());
            }
            foreach (var (metric, log) in scenarios[i].Logs) WriteFile($"{i + 1}-{FigureTable.NameOf(metric)}.hlog", log.ToText(from));
        }
    }

    /// <summary>Under another name first: a full disk leaves no half a report, and none of an earlier run is lost.</summary>
    private void WriteFile(string name, string text)
    {
        var (file, fresh) = (Path.Combine(path, name), Path.Combine(path, name + ".tmp"));
        try
        {
            File.WriteAllText(fresh, text);
            File.Move(fresh, file, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            if (File.Exists(fresh)) File.Delete(fresh);
            throw new LoadException(ExitStatus.Failed, texts.CannotWrite(file, e.Message));
        }
    }
}
