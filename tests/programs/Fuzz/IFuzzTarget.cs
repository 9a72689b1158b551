using Fuzz.Mutation;

namespace Fuzz;

/// <summary>One parser that takes hostile input, with what must hold for any input.</summary>
internal interface IFuzzTarget
{
    /// <summary>As on the command line, and the name of its corpus folder.</summary>
    string Name { get; }

    /// <summary>Valid inputs to begin with.</summary>
    IEnumerable<byte[]> Seeds { get; }

    /// <summary>Pieces that the parser treats specially.</summary>
    IReadOnlyList<string> Tokens { get; }

    IReadOnlyList<MutationStep> Mutations { get; }

    /// <summary>Parses the input and checks the result. One thread at a time.</summary>
    /// <exception cref="FuzzFailureException">Something that must hold does not. Any other exception is a failure too.</exception>
    void Run(ReadOnlySpan<byte> input);
}
