using Chat.Daemon.CommandLine;
using Chat.Daemon.CommandLine.Checks;
using Chat.Daemon.Diagnostics;

CrashHandler.Install();
ProcessEnd.Exit(await ChatProgram.RunAsync(
    args, ProcessEnvironment.OfProcess(LogFile.Open, DatabaseCheck.Problem) with { StopBegins = ProcessEnd.Begin }));
