namespace Chat.LoadTest.Coordination;

/// <summary>How many seconds a point of a series covers, so that a long run has no more points than a plot can show.</summary>
internal static class BucketWidth
{
    private const int MostPoints = 600;

    public static int For(double seconds) => Math.Max(1, (int)Math.Ceiling(seconds / MostPoints));
}
