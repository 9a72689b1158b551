using System.CommandLine;
using System.Diagnostics;
using System.Net;
using System.Security.Cryptography;
using Chat.Client.Programs;
using Chat.LoadTest.Coordination;
using Chat.LoadTest.Daemons;

namespace Chat.LoadTest.CommandLine;

/// <summary><c>coordinate</c> runs a load test with workers from many machines; <c>work</c> gives it workers.</summary>
internal static class JoinCommands
{
    /// <summary>In the environment, where other users do not see it, unlike on the command line.</summary>
    private const string SecretName = "CHAT_LOAD_SECRET";
    private const int GeneratedCharacters = 32;

    public static Command BuildCoordinate(LoadTexts texts)
    {
        var arguments = new LoadArguments(texts);
        var listen = new Option<string>("--listen")
        {
            Description = texts.OptionListen,
            HelpName = "IP:PORT",
            DefaultValueFactory = _ => "127.0.0.1:5070",
        };
        var join = OptionChecks.Number("--joined", texts.OptionJoined, 1, (1, 1_024), texts);
        listen.Validators.Add(r =>
            OptionChecks.Check(r, IPEndPoint.TryParse(r.GetValueOrDefault<string>() ?? "", out _), texts.BadAddress));
        var command = new Command("coordinate", texts.CommandCoordinate) { listen, join };
        foreach (var option in arguments.All) command.Options.Add(option);
        command.SetAction(async (line, _) =>
        {
            var options = arguments.Read(line);
            if (options.FindCapacity) throw new LoadException(ExitStatus.WrongUsage, texts.CapacityNeedsOwnWorkers);
            var endpoint = IPEndPoint.Parse(line.GetValue(listen)!);
            if (!IPAddress.IsLoopback(endpoint.Address) && options.Connect.Count == 0)
                throw new LoadException(ExitStatus.WrongUsage, texts.CoordinateNeedsConnect);
            var crew = new JoinedWorkers(endpoint, await SecretAsync(texts), line.GetValue(join), texts);
            return await new LoadRun(options, texts, TimeProvider.System, crew).RunAsync();
        });
        return command;
    }

    public static Command BuildWork(LoadTexts texts)
    {
        var join = new Option<string>("--join") { Description = texts.OptionJoin, HelpName = "HOST:PORT", Required = true };
        var cores = Environment.ProcessorCount;
        var workers = OptionChecks.Number("--workers", texts.OptionWorkers(cores), cores, (1, 1_024), texts);
        var single = new Option<bool>("--single") { Hidden = true };
        join.Validators.Add(r =>
            OptionChecks.Check(r, DaemonAddress.TryParse(r.GetValueOrDefault<string>() ?? "", out _), texts.BadAddress));
        var command = new Command("work", texts.CommandWork) { join, workers, single };
        command.SetAction(async (line, cancellation) =>
        {
            if (Environment.GetEnvironmentVariable(SecretName) is not { Length: >= JoinHandshake.LeastSecret } secret)
                throw new LoadException(ExitStatus.WrongUsage, texts.SecretNeeded(SecretName, JoinHandshake.LeastSecret));
            var address = DaemonAddress.TryParse(line.GetValue(join)!, out var parsed) ? parsed : DaemonAddress.Default;
            return line.GetValue(single)
                ? await JoiningWorker.RunAsync(address, secret, texts, TimeProvider.System, cancellation)
                : await LaunchAsync(line.GetValue(join)!, line.GetValue(workers), cancellation);
        });
        return command;
    }

    /// <summary>A process for each worker. Returns the worst of their exit statuses, or at once if one cannot join.</summary>
    private static async Task<int> LaunchAsync(string address, int count, CancellationToken cancellation)
    {
        var processes = Enumerable.Range(0, count).Select(_ =>
        {
            var start = DaemonProgram.Self(["work", "--single", "--join", address]);
            WorkerEnvironment.Set(start.Environment);
            return Process.Start(start)!;
        }).ToList();
        try
        {
            await foreach (var exited in Task.WhenEach(processes.Select(ExitAsync)))
                if (await exited is ExitStatus.NoDaemon and var status) return status;
            return processes.Max(process => process.ExitCode);
        }
        finally
        {
            foreach (var process in processes)
            {
                if (!process.HasExited) process.Kill();
                process.Dispose();
            }
        }

        async Task<int> ExitAsync(Process process)
        {
            await process.WaitForExitAsync(cancellation);
            return process.ExitCode;
        }
    }

    /// <summary>A given one, or a new one that is shown.</summary>
    private static async Task<string> SecretAsync(LoadTexts texts)
    {
        if (Environment.GetEnvironmentVariable(SecretName) is not { Length: > 0 } given)
        {
            var secret = RandomNumberGenerator.GetHexString(GeneratedCharacters, lowercase: true);
            await Console.Error.WriteLineAsync(texts.NewSecret(SecretName, secret));
            return secret;
        }
        if (given.Length >= JoinHandshake.LeastSecret) return given;
        throw new LoadException(ExitStatus.WrongUsage, texts.SecretNeeded(SecretName, JoinHandshake.LeastSecret));
    }
}
