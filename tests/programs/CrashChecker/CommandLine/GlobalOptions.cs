using System.CommandLine;
using CrashChecker.Daemons;

namespace CrashChecker.CommandLine;

/// <summary>The options of every sub-command.</summary>
internal static class GlobalOptions
{
    private static readonly Option<int?> Seed = new("--seed")
    {
        Description = "Repeats the choices of an earlier run. If absent, a random one, which the report names.",
        Recursive = true,
    };

    private static readonly Option<double?> Minutes = new("--minutes") { Description = "When to stop.", Recursive = true };

    private static readonly Option<string?> Daemon = new("--daemon")
    {
        Description = "The chatd.dll to check. If absent, the one built with this program.",
        Recursive = true,
    };

    public static IReadOnlyList<Option> All => [Seed, Minutes, Daemon];

    public static int SeedOf(ParseResult parsed) => parsed.GetValue(Seed) ?? Random.Shared.Next();

    public static TimeSpan MostOf(ParseResult parsed) =>
        parsed.GetValue(Minutes) is { } minutes ? TimeSpan.FromMinutes(minutes) : TimeSpan.FromDays(7);

    public static string ProgramOf(ParseResult parsed) => Path.GetFullPath(parsed.GetValue(Daemon) ?? DaemonLaunch.FindProgram());

    /// <returns>The exit status: 1 if a promise was broken, or none was tried.</returns>
    public static int Print(Report report)
    {
        Console.WriteLine(report);
        return report.ShowsNoFault ? 0 : 1;
    }
}
