using Chat.Protocol;
using Fuzz.Mutation;
using static Fuzz.FuzzFailureException;

namespace Fuzz.Targets;

/// <summary>The same for a line of a daemon: the client reads it, and may print it again as JSON.</summary>
internal sealed class DaemonFramesTarget : IFuzzTarget
{
    private const int Depth = 64; // the serializer's own

    public string Name => "daemon-frames";

    public IEnumerable<byte[]> Seeds => FrameSeeds.Daemon.Select(FrameChecks.Written);

    public IReadOnlyList<string> Tokens => FrameSeeds.Tokens;

    public IReadOnlyList<MutationStep> Mutations { get; } =
        [.. JsonMutations.All, .. JsonMutations.All, .. TextMutations.All, .. ByteMutations.All];

    public void Run(ReadOnlySpan<byte> input)
    {
        var result = FrameReader.ReadDaemon(Pieces.Sequence(input));
        FrameChecks.AssertWhole(result, input, Depth);
        if (result.Frame is not { } frame) return;
        var written = FrameChecks.Written(frame);
        var again = FrameReader.ReadDaemon(new(written)).Frame;
        ThrowUnless(again is not null && again.GetType() == frame.GetType(), "A written frame can be read again");
        ThrowUnless(FrameChecks.Written(again!).AsSpan().SequenceEqual(written), "A frame that was read and written stays the same");
    }
}
