using System.Diagnostics;
using System.Globalization;
using Chat.Daemon.Configuration;

namespace Chat.Daemon.Commands;

/// <summary>One run of a command on its way through the stages; each stage fills in what the later ones read. Only one stage touches it at a time.</summary>
internal sealed class Invocation(CommandCall call, long startedAt)
{
    private ICommandLease? lease;

    public CommandCall Call { get; } = call;

    public long StartedAt { get; } = startedAt;

    /// <summary>The reference that stands in the caller's refusal and in the log. Nothing is secret about it, and what is refused early needs none.</summary>
    public string Id => field ??= Random.Shared.NextInt64(1L << 40).ToString("x10", CultureInfo.InvariantCulture);

    public CommandTexts Texts { get; } = CommandTexts.In(call.Language);

    public CommandSnapshot Snapshot { get; private set; } = null!;

    /// <summary>Null where no such command was found.</summary>
    public CatalogueEntry? Entry { get; private set; }

    /// <summary>The line's UTF-16 index where the name ends.</summary>
    public int ArgumentsAt { get; private set; }

    public BoundArguments? Bound { get; set; }

    public ArgumentValues? Values { get; set; }

    public CommandOutcome? Outcome { get; set; }

    public CommandDescriptor Descriptor => Entry!.Descriptor;

    /// <summary>The command's name as the caller's language has it.</summary>
    public string Shown => Entry!.NameIn(Texts.Language);

    /// <param name="lease">Null where nothing will run.</param>
    public void Found(CommandSnapshot snapshot, CatalogueEntry entry, int argumentsAt, ICommandLease? lease) =>
        (Snapshot, Entry, ArgumentsAt, this.lease) = (snapshot, entry, argumentsAt, lease);

    /// <summary>Whoever takes it disposes it; null for everybody after the first.</summary>
    public ICommandLease? TakeLease() => Interlocked.Exchange(ref lease, null);

    public BoundArguments Bind() => Bound ??= Call.Input switch
    {
        CommandInput.Line line => LineBinder.Bind(Descriptor.Parameters, line.Text, ArgumentsAt),
        CommandInput.Frame frame => ArgsBinder.Bind(Descriptor.Parameters, frame.Args),
        _ => throw new UnreachableException(),
    };

    public CommandContext ContextWith(CancellationToken aborted) => Call.ContextOf(Descriptor, Id, aborted);
}
