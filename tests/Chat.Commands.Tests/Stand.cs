using System.Text.Json;
using Chat.Daemon.Commands;
using Chat.Daemon.Diagnostics;
using Chat.Daemon.Hooks;
using Chat.Daemon.Storage.Stores;
using Chat.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Chat.Commands.Tests;

/// <summary>A pipeline with all its real parts.</summary>
internal sealed class Stand
{
    public Stand(params CommandBuilder[] commands) : this(NoAudit, commands)
    {
    }

    public Stand(AuditStore audit, params CommandBuilder[] commands)
    {
        var services = new ServiceCollection();
        InvocationScope.Register(services);
        services.AddSingleton(Scopes).AddScoped<ScopeProbe>();
        Owner = new("test", services.BuildServiceProvider(), TimeProvider.System);
        Recorder = new(audit, new(NullLoggerFactory.Instance, Time), Metrics, Time, RecorderLog);
        var calls = new GuardedCalls(TimeProvider.System, CallLog);
        var (checks, reader) = (new CommandChecks(Time), new ArgumentReader(new KnownEntities(), calls));
        Pipeline = new(Registry, checks, reader, new(calls, Recorder, TimeProvider.System), Recorder);
        Completion = new(Registry, new KnownEntities(), new(calls, SuggestionLog));
        Help = new(Registry, new(Registry, checks, reader));
        Load(null, commands);
    }

    public ScopeProbe.Count Scopes { get; } = new();
    public PluginOwner Owner { get; }
    public CommandRegistry Registry { get; } = new();
    public TestTime Time { get; } = new();
    public DaemonMetrics Metrics { get; } = new();
    public LogList<CommandRecorder> RecorderLog { get; } = new();
    public LogList<GuardedCalls> CallLog { get; } = new();
    public LogList<Suggestions> SuggestionLog { get; } = new();

    public CommandRecorder Recorder { get; }
    public CommandPipeline Pipeline { get; }
    public CommandCompletion Completion { get; }
    public CommandHelp Help { get; }

    /// <summary>A reader of arguments alone.</summary>
    public static ArgumentReader Reader { get; } = new(new KnownEntities(), new(TimeProvider.System, new LogList<GuardedCalls>()));

    /// <summary>A command that is in no catalogue, of a plugin without a container.</summary>
    public static CatalogueEntry Entry(CommandBuilder command) => new(command.Build(), new("nobody", null!, TimeProvider.System));

    /// <summary>For tests without an audited command.</summary>
    private static AuditStore NoAudit { get; } = new(null!, null!);

    /// <summary>Completes when no lease is held; fails after a generous time.</summary>
    public async Task AllReturnedAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (Owner.Held > 0)
        {
            limit.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    public void Load(Dictionary<string, IReadOnlyList<string>>? overrides, params CommandBuilder[] commands)
    {
        var catalogue = CommandCatalogue.Of(commands.Select(c => new CatalogueEntry(c.Build(), Owner)));
        Assert.IsEmpty(catalogue.Problems, string.Join('\n', catalogue.Problems));
        Registry.Swap(new(catalogue, catalogue.ToPermissionTable(overrides)));
    }

    public Task<CommandOutcome> Sends(
        User caller, string line, Room? room = null, string language = "en", CancellationToken aborted = default) =>
        Pipeline.RunAsync(new CommandCall.Line(caller, line, language) { Room = room }, aborted);

    public Task<CommandOutcome> Calls(User caller, string name, string args) =>
        Pipeline.RunAsync(
            new CommandCall.Frame(caller, name, JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(args), "en"), default);

    public static CommandBuilder Command(
        string name, Func<CommandContext, IServiceProvider, ArgumentValues, ValueTask<CommandResult>> run) => new(name, new(run));

    public static CommandBuilder Command(string name, Func<ArgumentValues, CommandResult> run) =>
        new(name, (_, scope, values) =>
        {
            scope.GetRequiredService<ScopeProbe>().Open();
            return ValueTask.FromResult(run(values));
        });

    public static CommandBuilder Command(string name) => Command(name, _ => "done");
}
