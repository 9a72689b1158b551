namespace Fuzz;

/// <summary>An input broke what a target promises.</summary>
internal sealed class FuzzFailureException(string message) : Exception(message)
{
    public static void ThrowUnless(bool holds, string promise)
    {
        if (!holds) throw new FuzzFailureException(promise);
    }
}
