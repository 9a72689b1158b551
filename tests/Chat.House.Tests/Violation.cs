namespace Chat.House.Tests;

/// <param name="Name">What an allowance lists: a file, type or method, without its folder, so that it may move.</param>
/// <param name="Place">The message for people: path, line and what is wrong there.</param>
internal sealed record Violation(string Name, string Place);
