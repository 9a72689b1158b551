using System.CommandLine;
using Chat.LoadTest.Reports;

namespace Chat.LoadTest.CommandLine;

/// <summary><c>chat-load report DIR</c> draws a report again from its JSON, in the language of the locale.</summary>
internal static class ReportCommand
{
    public static Command Build(LoadTexts texts)
    {
        var folder = new Argument<string>("DIR") { Description = texts.ArgumentReportFolder };
        var command = new Command("report", texts.CommandReport) { folder };
        command.SetAction(line =>
        {
            var report = ReportFolder.Read(line.GetValue(folder)!, texts);
            ReportFolder.Open(line.GetValue(folder)!, texts).Draw(report);
            return ExitStatus.Ok;
        });
        return command;
    }
}
