using System.Diagnostics;

namespace Fuzz;

/// <summary>Shortens a failing input as long as it fails in the same way.</summary>
internal sealed class Shrinker(Judge judge, string kind)
{
    /// <summary>An input may fail because it is slow.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly long began = Stopwatch.GetTimestamp();

    public byte[] Shrink(byte[] input)
    {
        for (var piece = Math.Max(1, input.Length / 2); piece > 0; piece /= 2)
        {
            for (var at = 0; at + piece <= input.Length && Stopwatch.GetElapsedTime(began) < Patience;)
            {
                byte[] shorter = [.. input.AsSpan(0, at), .. input.AsSpan(at + piece)];
                if (Fails(shorter)) input = shorter;
                else at += piece;
            }
        }
        return input;
    }

    private bool Fails(byte[] input) => judge.Try(input)?.Kind == kind;
}
