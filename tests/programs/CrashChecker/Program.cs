using System.CommandLine;
using CrashChecker.CommandLine;

var root = new RootCommand("Tries to make the daemon lose, double or reorder messages, and reports what it did.")
{
    KillCommand.Build(),
    DiskCommand.Build(),
    PowerCommand.Build(),
};
foreach (var option in GlobalOptions.All) root.Options.Add(option);
return await root.Parse(args).InvokeAsync();
