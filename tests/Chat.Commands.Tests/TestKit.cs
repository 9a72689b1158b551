using System.Text.Json;
using Chat.Daemon.Accounts;
using Chat.Daemon.Commands;
using Chat.Daemon.Diagnostics;
using Chat.Daemon.Rooms;
using Chat.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

[assembly: Parallelize(Scope = ExecutionScope.MethodLevel)]
[assembly: DiscoverInternals]
[assembly: Chat.ChatPlugin(Id = "tests")]

namespace Chat.Commands.Tests;

/// <summary>A few users and rooms, found without regard to case.</summary>
internal sealed class KnownEntities : IEntityDirectory
{
    public static readonly User Ana = new("a:1", "ana", Role.Admin), Bia = new("a:2", "bia", Role.Member), Gil = new("g:3", "gil", Role.Guest), Mo = new("a:4", "mo", Role.Moderator);
    public static readonly Room Geral = new("r:1", "geral"), Secreta = new("r:2", "secreta", IsPrivate: true);

    public ValueTask<User?> FindUserAsync(string name, CancellationToken cancellation) =>
        ValueTask.FromResult(new[] { Ana, Bia, Gil, Mo }.FirstOrDefault(u => Is(u.Name, name)));

    public ValueTask<Room?> FindRoomAsync(string name, User caller, CancellationToken cancellation) =>
        ValueTask.FromResult(Visible(caller).FirstOrDefault(r => Is(r.Name, name)));

    public ValueTask<IReadOnlyList<string>> UsersLikeAsync(string beginning, Room? room, int limit, CancellationToken cancellation) =>
        ValueTask.FromResult<IReadOnlyList<string>>([.. new[] { Ana, Bia, Gil, Mo }.Select(u => u.Name).Where(n => Begins(n, beginning)).Take(limit)]);

    public ValueTask<IReadOnlyList<string>> RoomsLikeAsync(string beginning, User caller, int limit, CancellationToken cancellation) =>
        ValueTask.FromResult<IReadOnlyList<string>>([.. Visible(caller).Select(r => r.Name).Where(n => Begins(n, beginning)).Take(limit)]);

    private static IEnumerable<Room> Visible(User caller) => new[] { Geral, Secreta }.Where(r => !r.IsPrivate || caller.Role == Role.Admin);

    private static bool Is(string a, string b) => string.Equals(a, b, StringComparison.OrdinalIgnoreCase);

    private static bool Begins(string name, string beginning) => name.StartsWith(beginning, StringComparison.OrdinalIgnoreCase);
}

internal sealed class AuditList : IAuditTrail
{
    public List<AuditEntry> Entries { get; } = [];

    public bool Fails { get; set; }

    public ValueTask RecordAsync(AuditEntry entry)
    {
        if (Fails) throw new IOException("disk full");
        Entries.Add(entry);
        return ValueTask.CompletedTask;
    }
}

/// <summary>Keeps what was logged, as text with its exception's message.</summary>
internal sealed class LogList<T> : ILogger<T>
{
    public System.Collections.Concurrent.ConcurrentQueue<string> Lines { get; } = new();

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Lines.Enqueue($"{logLevel}: {formatter(state, exception)} {exception?.Message}");
}

/// <summary>Counts its leases; drains on demand.</summary>
internal sealed class TestOwner(string id, IServiceProvider container) : ICommandOwner
{
    private int held;

    public string Id => id;

    public GenerationTally Tally { get; } = new();

    public bool Drains { get; set; }

    public CancellationTokenSource Stopping { get; } = new();

    public int Held => Volatile.Read(ref held);

    public TaskCompletionSource Released { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when no lease is held.</summary>
    public async Task AllReleasedAsync()
    {
        while (Held > 0) await Task.Yield();
    }

    public ICommandLease? TryLease()
    {
        if (Drains) return null;
        Interlocked.Increment(ref held);
        return new Lease(this, container);
    }

    private sealed class Lease(TestOwner owner, IServiceProvider container) : ICommandLease
    {
        public CancellationToken Stopping => owner.Stopping.Token;

        public AsyncServiceScope CreateScope(CommandContext context, object? origin) => InvocationScope.Create(container, context, origin);

        public void Dispose()
        {
            Assert.IsGreaterThanOrEqualTo(0, Interlocked.Decrement(ref owner.held), "a lease was disposed twice");
            owner.Released.TrySetResult();
        }
    }
}

/// <summary>A service of a scope, which tells when the scope has ended.</summary>
internal sealed class ScopeProbe(ScopeProbe.Count count) : IAsyncDisposable
{
    internal sealed class Count
    {
        public int Made, Disposed;
    }

    public ScopeProbe Open()
    {
        Interlocked.Increment(ref count.Made);
        return this;
    }

    public ValueTask DisposeAsync()
    {
        Interlocked.Increment(ref count.Disposed);
        return ValueTask.CompletedTask;
    }
}

/// <summary>A pipeline with everything around it.</summary>
internal sealed class Stand
{
    public Stand(params CommandBuilder[] commands)
    {
        var services = new ServiceCollection();
        InvocationScope.Register(services);
        services.AddSingleton(Scopes).AddScoped<ScopeProbe>();
        Owner = new("test", services.BuildServiceProvider());
        Recorder = new(Audit, Metrics, Time, RecorderLog);
        Executor = new(TimeProvider.System, Recorder, ExecutorLog);
        var (rates, reader) = (new RateTable(Time), new ArgumentReader(new KnownEntities(), Time));
        Pipeline = new(Registry, rates, reader, Executor, Recorder, Time);
        Completion = new(Registry, new KnownEntities(), new(TimeProvider.System, SuggestionLog));
        Help = new(Registry, new(Registry, rates, reader, Time));
        Load(null, commands);
    }

    public ScopeProbe.Count Scopes { get; } = new();
    public TestOwner Owner { get; }
    public CommandRegistry Registry { get; } = new();
    public AuditList Audit { get; } = new();
    public TestTime Time { get; } = new();
    public LogList<CommandRecorder> RecorderLog { get; } = new();
    public LogList<CommandExecutor> ExecutorLog { get; } = new();
    public Chat.Daemon.Diagnostics.DaemonMetrics Metrics { get; } = new();

    public CommandRecorder Recorder { get; }
    public CommandExecutor Executor { get; }
    public CommandPipeline Pipeline { get; }
    public CommandCompletion Completion { get; }
    public CommandHelp Help { get; }
    public LogList<Suggestions> SuggestionLog { get; } = new();

    public void Load(Dictionary<string, IReadOnlyList<string>>? overrides, params CommandBuilder[] commands)
    {
        var catalogue = CommandCatalogue.Of(commands.Select(c => new CatalogueEntry(c.Build(), Owner)));
        Assert.IsEmpty(catalogue.Problems, string.Join('\n', catalogue.Problems));
        Registry.Swap(new(catalogue, catalogue.ToPermissionTable(overrides)));
    }

    public Task<CommandOutcome> Sends(User caller, string line, Room? room = null, string language = "en", CancellationToken aborted = default) =>
        Pipeline.RunAsync(new(caller, new CommandInput.Line(line), language, room), aborted);

    public Task<CommandOutcome> Calls(User caller, string name, string args) =>
        Pipeline.RunAsync(new(caller, new CommandInput.Frame(name, JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(args)), "en"), default);

    public static CommandBuilder Command(string name, Func<CommandContext, IServiceProvider, ArgumentValues, ValueTask<CommandResult>> run) => new(name, new(run));

    public static CommandBuilder Command(string name, Func<ArgumentValues, CommandResult> run) =>
        new(name, (_, scope, values) =>
        {
            scope.GetRequiredService<ScopeProbe>().Open();
            return ValueTask.FromResult(run(values));
        });

    public static CommandBuilder Command(string name) => Command(name, _ => "done");
}

internal static class OutcomeAssertions
{
    public static CommandOutcome.Refusal ShouldBeRefused(this CommandOutcome outcome, string code)
    {
        Assert.AreEqual(code, outcome.Code, outcome.ToString());
        return (CommandOutcome.Refusal)outcome;
    }

    public static void ShouldReply(this CommandOutcome outcome, string text) =>
        Assert.AreEqual(text, (outcome as CommandOutcome.Reply)?.Text, outcome.ToString());
}
