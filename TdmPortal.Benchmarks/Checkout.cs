namespace TdmPortal.Benchmarks;

/// <summary>The checkout that this was built in.</summary>
internal static class Checkout
{
    public static string Root()
    {
        for (var folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (File.Exists(Path.Combine(folder, "tdm")) && File.Exists(Path.Combine(folder, "TdmPortal.sln")))
                return folder;
        }

        throw new InvalidOperationException("This was not started from a checkout.");
    }
}
