namespace Chat.LoadTest.Reports;

/// <summary>What a search for the capacity found.</summary>
/// <param name="Factor">The highest multiple of the given load that broke no threshold; 0 if even the given load did.</param>
/// <param name="Broke">The first threshold that broke above it; null if none did.</param>
internal sealed record Capacity(double Factor, string? Broke, IReadOnlyList<CapacityStep> Steps);
