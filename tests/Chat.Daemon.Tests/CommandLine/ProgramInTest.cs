using Chat.Daemon.CommandLine;
using Microsoft.Extensions.Logging.Abstractions;

namespace Chat.Daemon.Tests.CommandLine;

/// <summary>Runs the program in this process, with its output as text.</summary>
internal static class ProgramInTest
{
    public static async Task<(int Status, string Output, string Error)> RunAsync(
        string[] arguments, string language = "en",
        Func<string, string, string?>? databaseProblem = null, Dictionary<string, string>? environment = null)
    {
        using StringWriter output = new(), error = new();
        var status = await ChatProgram.RunAsync(arguments, new ProcessEnvironment(
            output, error, language, environment ?? [], _ => NullLoggerFactory.Instance, databaseProblem ?? ((_, _) => null)));
        return (status, output.ToString().ReplaceLineEndings("\n"), error.ToString().ReplaceLineEndings("\n"));
    }
}
