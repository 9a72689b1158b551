using System.CommandLine;
using CrashChecker.Daemons;
using CrashChecker.Kills;

namespace CrashChecker.CommandLine;

/// <summary><c>kill</c>: SIGKILL at random moments.</summary>
internal static class KillCommand
{
    public static Command Build()
    {
        var kills = new Option<int>("--kills") { Description = "How often to kill the daemon.", DefaultValueFactory = _ => 10 };
        var command = new Command("kill", "Kills the daemon at random moments while clients talk.") { kills };
        command.SetAction(async parsed => GlobalOptions.Print(await KillRun.RunAsync(
            new(GlobalOptions.SeedOf(parsed), parsed.GetValue(kills), GlobalOptions.MostOf(parsed), GlobalOptions.ProgramOf(parsed)),
            Console.WriteLine)));
        return command;
    }
}
