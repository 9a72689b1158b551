namespace Chat.LoadTest.Workers;

/// <summary>One worker's counts of a scenario at the end.</summary>
/// <param name="LastDelivery">On the <see cref="MicrosecondClock"/>; 0 if nothing was delivered.</param>
internal sealed record ScenarioCount(
    Counts Counts, long LastDelivery, IReadOnlyList<RoomDigest> Digests, IReadOnlyList<RoomDigest> ChangeDigests);
