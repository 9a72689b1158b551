using System.Diagnostics;
using System.Text.Json;
using Chat.LoadTest.Daemons;

namespace Chat.LoadTest.Tests;

/// <summary>One run of the program in a process, with its exit status and output.</summary>
internal sealed record LoadProcess(int Status, string Output, string Errors)
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(180);

    public JsonElement Report => JsonDocument.Parse(Output).RootElement;

    public JsonElement Counts => Report.GetProperty("counts");

    public (long Lost, long Duplicated, long OutOfOrder) Faults => (Count("lost"), Count("doubled"), Count("disordered"));

    public long Count(string name) => Counts.GetProperty(name).GetInt64();

    public static Task<LoadProcess> RunAsync(params string[] arguments) => RunAsync(_ => Task.CompletedTask, arguments);

    /// <param name="meanwhile">Runs beside the process and gets its id.</param>
    public static Task<LoadProcess> RunAsync(Func<int, Task> meanwhile, params string[] arguments) =>
        RunAsync(Path.GetTempPath(), meanwhile, arguments);

    /// <param name="locale">As in <c>LANG</c>.</param>
    public static Task<LoadProcess> RunInAsync(string locale, params string[] arguments) =>
        RunAsync(Path.GetTempPath(), _ => Task.CompletedTask, arguments, locale);

    /// <param name="temporary">The parent of its temporary folder.</param>
    /// <param name="meanwhile">Runs beside the process and gets its id.</param>
    public static async Task<LoadProcess> RunAsync(
        string temporary, Func<int, Task> meanwhile, string[] arguments, string locale = "C")
    {
        var start = DaemonProgram.Self(arguments);
        (start.RedirectStandardOutput, start.RedirectStandardError) = (true, true);
        start.Environment["LANG"] = start.Environment["LC_ALL"] = locale;
        start.Environment["TMPDIR"] = temporary;
        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        try
        {
            await meanwhile(process.Id);
            await process.WaitForExitAsync().WaitAsync(Deadline);
        }
        finally
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
        }
        return new(process.ExitCode, await output, await errors);
    }
}
