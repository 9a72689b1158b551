using System.CommandLine;
using CrashChecker.Power;

namespace CrashChecker.CommandLine;

/// <summary><c>power</c>: what a power loss leaves.</summary>
internal static class PowerCommand
{
    public static Command Build()
    {
        var durability = new Option<string>("--durability") { Description = "The daemon's setting.", DefaultValueFactory = _ => "full" };
        durability.AcceptOnlyFromAmong("full", "normal");
        var command = new Command("power", "Starts the daemon on what a power loss could have left. Needs Linux and cc.") { durability };
        command.SetAction(async parsed =>
        {
            if (await Shim.FindAsync() is not { } shim) throw new InvalidOperationException("There is no C compiler (cc) here.");
            var options = new PowerOptions(
                GlobalOptions.SeedOf(parsed), parsed.GetValue(durability)!, GlobalOptions.MostOf(parsed), GlobalOptions.ProgramOf(parsed));
            return GlobalOptions.Print(await new PowerRun(options, shim, Console.WriteLine).RunAsync());
        });
        return command;
    }
}
