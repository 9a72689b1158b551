using Chat.LoadTest.Scenarios;

namespace Chat.LoadTest.Workers;

/// <summary>The part of a scenario that one worker runs.</summary>
/// <param name="Index">The scenario's place in the run.</param>
/// <param name="First">Number of this worker's first user.</param>
/// <param name="TrackEvery">One in so many messages of each sender is followed to its last member.</param>
internal sealed record ScenarioPart(ScenarioSettings Settings, int Index, int First, int Count, int TrackEvery);
