using Chat.Daemon.CommandLine;
using Chat.Daemon.CommandLine.Checks;
using Chat.Daemon.Diagnostics;

var status = await ChatProgram.RunAsync(args, ProcessEnvironment.OfProcess(LogFile.Open, DatabaseCheck.Problem));
LogFile.Close();
return status;
