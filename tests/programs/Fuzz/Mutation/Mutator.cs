using System.Text;

namespace Fuzz.Mutation;

/// <summary>Makes new inputs from known ones by a few small changes.</summary>
internal sealed class Mutator(FuzzRandom random, IFuzzTarget target)
{
    /// <summary>The most changes to one input.</summary>
    private const int MostSteps = 12;

    private readonly EditBuffer buffer = new();
    private readonly byte[][] tokens = [.. target.Tokens.Select(Encoding.UTF8.GetBytes)];

    /// <summary>Valid until the next call.</summary>
    public ReadOnlySpan<byte> Mutate(IReadOnlyList<byte[]> pool)
    {
        buffer.Set(random.Pick(pool));
        for (var steps = random.Length(MostSteps); steps > 0; steps--)
        {
            switch (random.Next(8))
            {
                case 0 when tokens.Length > 0:
                    buffer.Insert(buffer.Gap(random), random.Pick(tokens));
                    break;
                case 1 when tokens.Length > 0:
                    var (at, length) = buffer.Range(random);
                    buffer.Replace(at, length, random.Pick(tokens));
                    break;
                case 2 when random.OneIn(2):
                    Splice(random.Pick(pool));
                    break;
                default:
                    random.Pick(target.Mutations)(buffer, random);
                    break;
            }
        }
        return buffer.Span;
    }

    /// <summary>Puts a piece of another input over or between this one.</summary>
    private void Splice(byte[] other)
    {
        if (other.Length == 0) return;
        var length = random.Length(other.Length);
        var piece = other.AsSpan(random.Next(other.Length - length + 1), length);
        var at = buffer.Gap(random);
        buffer.Replace(at, random.OneIn(2) ? Math.Min(length, buffer.Length - at) : 0, piece);
    }
}
