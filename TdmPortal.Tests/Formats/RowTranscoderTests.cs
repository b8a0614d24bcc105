using TdmPortal.Core.Formats;
using TdmPortal.Tests.Generation;
using Xunit;

namespace TdmPortal.Tests.Formats;

public sealed class RowTranscoderTests
{
    [Theory]
    [InlineData("contract-all")]
    [InlineData("chinook")]
    public void Transcode_BinaryCopyOfAnyEntity_GivesTheBytesOfGeneration(string sample)
    {
        var plan = Plans.Compile(Plans.Sample(sample), new() { Scale = 0.2 });
        foreach (var entity in plan.Entities)
        {
            var binary = Plans.Bytes(plan, entity.Name, RowFormat.PostgresBinary);
            var columns = entity.Columns.Select(column => column with { SqlType = SqlSchema.BaseType(column) }).ToList();
            foreach (var format in new[] { RowFormat.Csv, RowFormat.Json, RowFormat.Ndjson, RowFormat.Xml, RowFormat.SqlInsert, RowFormat.SqlCopy, RowFormat.PostgresBinary })
            {
                using var output = new MemoryStream();
                Assert.Equal(entity.Rows, RowTranscoder.Transcode(new MemoryStream(binary), SqlSchema.TableName(entity.Definition, null), columns, format, output, TestContext.Current.CancellationToken));
                Assert.Equal(Plans.Bytes(plan, entity.Name, format), output.ToArray());
            }
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(20)]
    [InlineData(500)]
    public void Transcode_CutOff_IsRefused(int length)
    {
        var plan = Plans.Compile(Plans.Sample("contract-all"));
        var entity = plan.Entity("person");
        var binary = Plans.Bytes(plan, entity.Name, RowFormat.PostgresBinary)[..length];
        var failure = Assert.Throws<Core.Errors.PortalException>(() => RowTranscoder.Transcode(new MemoryStream(binary), "t", entity.Columns, RowFormat.Csv, Stream.Null, TestContext.Current.CancellationToken));
        Assert.Equal("dataset.unreadable", failure.Code);
    }
}
