using Chat;
using Chat.Daemon.Commands;
using Chat.Daemon.Diagnostics;
using Chat.Daemon.Hooks;
using Chat.Daemon.Storage.Stores;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace DispatchBench;

/// <summary>The daemon's pipeline, with as many commands as a daemon with a few plugins has.</summary>
internal sealed class PipelineContender
{
    private readonly CommandPipeline pipeline;
    private readonly CommandRecorder recorder;
    private readonly CommandCall call = new CommandCall.Line(new User("a1", "ana", Role.Member), Sample.Line, "pt-BR")
    {
        Room = new Room("1", "geral"),
    };


    public PipelineContender()
    {
        var sample = new Sample();
        var services = new ServiceCollection();
        InvocationScope.Register(services);
        var owner = new PluginOwner("bench", services.BuildServiceProvider(), TimeProvider.System);
        var measured = new CommandBuilder("medir", (_, _, values) =>
            {
                var isRight = sample.Measure(values.Get<int>(0), values.Get<double>(1), values.Get<string>(2));
                return ValueTask.FromResult<CommandResult>(isRight ? "ok" : throw new InvalidOperationException());
            })
            .Alias("measure", "en").Permission("bench.measure", Role.Member).RateLimit(1_000_000_000, perSeconds: 1)
            .Argument("vezes", ParameterType.Integer, p => p with { Min = 1, Max = 100 })
            .Argument("escala", ParameterType.Number)
            .Argument("rumo", ParameterType.Text, p => p with { MaxLength = 20 });
        var others = Enumerable.Range(0, 40)
            .Select(n => $"outro{n}{(n % 4 == 0 ? " parte" : "")}")
            .Select(name => new CommandBuilder(name, (_, _, _) => ValueTask.FromResult<CommandResult>("")));
        var catalogue = CommandCatalogue.Of(others.Append(measured).Select(builder => new CatalogueEntry(builder.Build(), owner)));
        var registry = new CommandRegistry();
        registry.Swap(new(catalogue, catalogue.ToPermissionTable()));
        var calls = new GuardedCalls(TimeProvider.System, NullLogger<GuardedCalls>.Instance);
        var noAudit = new AuditStore(null!, null!); // no command here is audited
        var security = new SecurityLog(NullLoggerFactory.Instance, TimeProvider.System);
        recorder = new(noAudit, security, new DaemonMetrics(), TimeProvider.System, NullLogger<CommandRecorder>.Instance);
        var executor = new CommandExecutor(calls, recorder, TimeProvider.System);
        pipeline = new(registry, new CommandChecks(TimeProvider.System), new ArgumentReader(new Nobody(), calls), executor, recorder);
    }

    /// <summary>Everything before the method.</summary>
    public async ValueTask<bool> Check()
    {
        var run = recorder.Begin(call);
        var refusal = await pipeline.CheckAsync(run, CancellationToken.None);
        run.TakeLease()!.Dispose();
        return refusal is null && run.Values!.Count == 3;
    }

    /// <summary>The whole invocation.</summary>
    public async ValueTask<bool> Run() => await pipeline.RunAsync(call, CancellationToken.None) is CommandOutcome.Reply;

    private sealed class Nobody : IEntityDirectory
    {
        public ValueTask<User?> FindUserAsync(string name, CancellationToken cancellation) => default;

        public ValueTask<Room?> FindRoomAsync(string name, User caller, CancellationToken cancellation) => default;

        public ValueTask<IReadOnlyList<string>> UsersLikeAsync(string beginning, Room? room, int limit, CancellationToken cancellation) =>
            new([]);

        public ValueTask<IReadOnlyList<string>> RoomsLikeAsync(string beginning, User caller, int limit, CancellationToken cancellation) =>
            new([]);
    }
}
