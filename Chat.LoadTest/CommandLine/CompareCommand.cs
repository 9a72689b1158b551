using System.CommandLine;
using Chat.LoadTest.Comparing;
using Chat.LoadTest.Reports;

namespace Chat.LoadTest.CommandLine;

/// <summary><c>chat-load compare A B</c>: each is a report folder, or a folder of several.</summary>
internal static class CompareCommand
{
    private const int MostRuns = 1_000;

    public static Command Build(LoadTexts texts)
    {
        var a = new Argument<string>("A") { Description = texts.ArgumentCompareA };
        var b = new Argument<string>("B") { Description = texts.ArgumentCompareB };
        var html = new Option<string?>("--html") { Description = texts.OptionCompareHtml, HelpName = "FILE" };
        var command = new Command("compare", texts.CommandCompare) { a, b, html };
        command.SetAction(line =>
        {
            var (before, after) = (Runs(line.GetValue(a)!, texts), Runs(line.GetValue(b)!, texts));
            if (before.Count != after.Count)
                throw new LoadException(ExitStatus.WrongUsage, texts.UnevenRuns(before.Count, after.Count));
            var page = new ComparisonPage(Comparison.Of(before, after), texts);
            Console.Out.Write(page.ToMarkdown());
            if (line.GetValue(html) is { } file) Write(file, page.ToHtml(), texts);
            return ExitStatus.Ok;
        });
        return command;
    }

    /// <summary>The report in the folder, or those in its subfolders, by name.</summary>
    private static List<Report> Runs(string path, LoadTexts texts)
    {
        if (!Directory.Exists(path) || File.Exists(Path.Combine(path, ReportFolder.Json))) return [ReportFolder.Read(path, texts)];
        var folders = Directory.EnumerateDirectories(path)
            .Where(folder => File.Exists(Path.Combine(folder, ReportFolder.Json)))
            .Order(StringComparer.Ordinal).Take(MostRuns).ToList();
        return folders.Count == 0 ? [ReportFolder.Read(path, texts)] : [.. folders.Select(folder => ReportFolder.Read(folder, texts))];
    }

    private static void Write(string file, string page, LoadTexts texts)
    {
        try
        {
            File.WriteAllText(file, page);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new LoadException(ExitStatus.Failed, texts.CannotWrite(file, e.Message));
        }
    }
}
