using Chat.LoadTest.Scenarios;

namespace Chat.LoadTest.Workers;

/// <summary>A request that is not a message, between being written and being answered.</summary>
internal readonly record struct Request(ActionKind Kind, long Due, long Written);
