using Chat;

namespace UnloadHost;

/// <summary>What the host keeps of a route's answer, as long as a slow client reads it.</summary>
internal static class Answers
{
    public static RouteResponse? Kept { get; set; }
}
