using Chat.Protocol;
using Fuzz.Mutation;
using static Fuzz.FuzzFailureException;

namespace Fuzz.Targets;

/// <summary>A line of a client becomes a frame or a refusal. What was read can be written, and is read as the same again.</summary>
internal sealed class ClientFramesTarget : IFuzzTarget
{
    public string Name => "client-frames";

    public IEnumerable<byte[]> Seeds => FrameSeeds.Client.Select(FrameChecks.Written);

    public IReadOnlyList<string> Tokens => FrameSeeds.Tokens;

    public IReadOnlyList<MutationStep> Mutations { get; } =
        [.. JsonMutations.All, .. JsonMutations.All, .. TextMutations.All, .. ByteMutations.All];

    public void Run(ReadOnlySpan<byte> input)
    {
        var result = FrameReader.ReadClient(Pieces.Sequence(input));
        FrameChecks.AssertWhole(result, input, ProtocolLimits.Depth);
        if (result.Frame is not { } frame) return;
        ThrowUnless(frame.Id == result.Id, "The frame has the line's id");
        var written = FrameChecks.Written(frame);
        var again = FrameReader.ReadClient(new(written)).Frame;
        ThrowUnless(again is not null && again.GetType() == frame.GetType(), "A written frame can be read again");
        ThrowUnless(FrameChecks.Written(again!).AsSpan().SequenceEqual(written), "A frame that was read and written stays the same");
    }
}
