using Chat;
using Chat.Daemon.Commands;
using Chat.Daemon.Diagnostics;
using Chat.Daemon.Hooks;
using Chat.Daemon.Storage.Stores;
using Chat.Protocol;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using static Fuzz.FuzzFailureException;

namespace Fuzz.Targets;

/// <summary>The real pipeline over commands with parameters of every kind and type. The commands do nothing.</summary>
internal sealed class CommandStand : IEntityDirectory
{
    private static readonly User Ana = new("a:1", "ana", Role.Admin), Gil = new("g:2", "gil", Role.Guest);
    private static readonly Room Geral = new("r:1", "geral");

    private static readonly HashSet<string> KnownCodes =
        [ConfirmationTable.RefusalCode, .. typeof(RefusalCode).GetFields().Select(f => (string)f.GetRawConstantValue()!)];

    public CommandStand()
    {
        var services = new ServiceCollection();
        InvocationScope.Register(services);
        Owner = new PluginOwner("fuzz", services.BuildServiceProvider(), TimeProvider.System);
        var recorder = new CommandRecorder(
            new AuditStore(null!, null!), new SecurityLog(NullLoggerFactory.Instance, TimeProvider.System), new DaemonMetrics(),
            TimeProvider.System,
            NullLogger<CommandRecorder>.Instance);
        var calls = new GuardedCalls(TimeProvider.System, NullLogger<GuardedCalls>.Instance);
        Reader = new(this, calls);
        Pipeline = new(Registry, new(TimeProvider.System), Reader, new(calls, recorder, TimeProvider.System), recorder);
        Completion = new(Registry, this, new(calls, NullLogger<Suggestions>.Instance));
        var catalogue = CommandCatalogue.Of(CommandShapes.All.Select(shape => new CatalogueEntry(shape.Build(), Owner)));
        ThrowUnless(catalogue.Problems.Count == 0, string.Join('\n', catalogue.Problems));
        Registry.Swap(new(catalogue, catalogue.ToPermissionTable()));
    }

    public CommandRegistry Registry { get; } = new();

    public CommandCatalogue Catalogue => Registry.Current.Catalogue;

    public PluginOwner Owner { get; }

    public ArgumentReader Reader { get; }

    public CommandCompletion Completion { get; }

    private CommandPipeline Pipeline { get; }

    public static CommandCall.Line Line(string text, string language) => new(Gil, text, language) { Room = Geral };

    public static CommandCall.Frame Frame(ClientFrame.Command frame, string language) =>
        new(Gil, frame.Name, frame.Args, language) { Room = frame.Room is null ? null : Geral };

    /// <summary>Runs it, and checks that it ends with a reply or a refusal that names a known code.</summary>
    public void Run(CommandCall call)
    {
        var outcome = Wait(Pipeline.RunAsync(call, CancellationToken.None));
        if (outcome is not CommandOutcome.Refused { Refusal: var refusal }) return;
        ThrowUnless(KnownCodes.Contains(refusal.Code), $"A refusal names a known code: {refusal.Code}");
        ThrowUnless(refusal.Code != RefusalCode.CommandFailed, $"A command does not fail: {refusal.Detail}");
        ThrowUnless(refusal.Detail is { Length: > 0 and < 2_000 } text && TextRules.Harmless(text) == text, "A refusal is a harmless text");
    }

    /// <summary>Spans within the line, and values or an error.</summary>
    public void Check(CatalogueEntry entry, BoundArguments bound, int start, int length)
    {
        var parameters = entry.Descriptor.Parameters;
        foreach (var piece in bound.Pieces)
            ThrowUnless(piece.Parameter < parameters.Count && IsWithin(piece.Span, start, length),
                $"A piece lies in the line: {piece.Span}");
        ThrowUnless(bound.Next is null || bound.Next < parameters.Count, "The next parameter exists");
        var (values, error) = Wait(Reader.ReadAsync(entry, bound, Gil, CancellationToken.None).AsTask());
        ThrowUnless(values is null != error is null, "Arguments are values or an error");
        if (values is not null) error = CommandChecks.FirstError(parameters, values, bound, Gil);
        if (error is null) return;
        ThrowUnless(IsWithin(error.Span, start, length), $"An error lies in the line: {error.Span}");
        foreach (var language in new[] { "en", "pt-BR" })
            ThrowUnless(CommandTexts.In(language).Of(error) is { Length: > 0 } text && TextRules.Harmless(text) == text,
                "An error has a text");
    }

    public static T Wait<T>(Task<T> task) => task.GetAwaiter().GetResult();

    public ValueTask<User?> FindUserAsync(string name, CancellationToken cancellation) =>
        new(UserName.TryParse(name, out var parsed) ? new[] { Ana, Gil }.FirstOrDefault(u => u.Name == parsed.Key) : null);

    public ValueTask<Room?> FindRoomAsync(string name, User caller, CancellationToken cancellation) =>
        new(RoomName.TryParse(name, out var parsed) && parsed.Key == Geral.Name ? Geral : null);

    public ValueTask<IReadOnlyList<string>> UsersLikeAsync(string beginning, Room? room, int limit, CancellationToken cancellation) =>
        new([.. new[] { "ana", "gil" }.Where(n => n.StartsWith(beginning, StringComparison.OrdinalIgnoreCase)).Take(limit)]);

    public ValueTask<IReadOnlyList<string>> RoomsLikeAsync(string beginning, User caller, int limit, CancellationToken cancellation) =>
        new([.. new[] { "geral" }.Where(n => n.StartsWith(beginning, StringComparison.OrdinalIgnoreCase)).Take(limit)]);

    private static bool IsWithin(LineSpan? span, int start, int length) =>
        span is not { } range || (range.Start >= start && range.Length >= 0 && range.End <= length);
}
