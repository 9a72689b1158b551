using System.CommandLine;
using CrashChecker.Disks;
using CrashChecker.Power;

namespace CrashChecker.CommandLine;

/// <summary><c>disk</c>: a disk that fails.</summary>
internal static class DiskCommand
{
    public static Command Build()
    {
        var rounds = new Option<int>("--rounds") { Description = "How often each fault comes.", DefaultValueFactory = _ => 1 };
        var command = new Command("disk", "Lets the disk fail, fill up and slow down while clients talk. Needs Linux and cc.") { rounds };
        command.SetAction(async parsed =>
        {
            if (await Shim.FindAsync() is not { } shim) throw new InvalidOperationException("There is no C compiler (cc) here.");
            var options = new DiskOptions(
                GlobalOptions.SeedOf(parsed), parsed.GetValue(rounds), GlobalOptions.MostOf(parsed), GlobalOptions.ProgramOf(parsed));
            using var run = new DiskRun(options, shim);
            return GlobalOptions.Print(await run.RunAsync(Console.WriteLine));
        });
        return command;
    }
}
